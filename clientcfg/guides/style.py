# SPDX-License-Identifier: MPL-2.0
"""The looks of a page that stands alone: on a screen, light or dark, and on paper (A4)."""

from typing import Final

STYLE: Final = """
:root { --page: #eef0f2; --paper: #fff; --sunken: #f4f6f7; --line: #dde1e5; --text: #1b2127;
  --quiet: #4b5661; --accent: #0e6273; --tint: #e3eff1; --grave: #ae2a22; --grave-tint: #fae8e6; }
@media (prefers-color-scheme: dark) { :root { --page: #191c20; --paper: #24282d; --sunken: #1d2024;
  --line: #3a4047; --text: #eef0f2; --quiet: #b9c1ca; --accent: #6fc6d6; --tint: #1d3a41;
  --grave: #ff958b; --grave-tint: #482724; } }
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--text); }
article { max-width: 52rem; margin: 0 auto 2rem; padding: 2.5rem clamp(1rem, 5vw, 3rem);
  background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; font-weight: 650; }
h1 + p { margin: .25rem 0 1.5rem; color: var(--quiet); font-size: 1.05rem;
  overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .75rem; font-size: 1.15rem; font-weight: 650; }
h3 { margin: .9rem 0 .2rem; font-size: .95rem; font-weight: 600; color: var(--accent); }
h3 + ul { margin: 0; padding-left: 1.3rem; }
.note { margin: 0 0 .75rem; padding: .7rem 1rem; background: var(--tint);
  border-left: 4px solid var(--accent); border-radius: 4px; }
.note.grave { background: var(--grave-tint); border-color: var(--grave); }
.note.grave > p:first-child { font-weight: 600; }
.note p { margin: 0; } .note p + p, .note ul, .note ol { margin: .4rem 0 0; padding-left: 1.3rem; }
.note p + p { padding-left: 0; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
caption { padding: 1rem 0 .35rem; text-align: left; font-weight: 600; color: var(--accent); }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 24%; font-weight: 400; color: var(--quiet); }
td.own { width: 34%; padding-right: 0; color: var(--quiet); }
.value { font-weight: 600; } .code { font-family: ui-monospace, "DejaVu Sans Mono", monospace;
  font-size: .92em; }
ol.steps { margin: 0; padding: 0; list-style: none; counter-reset: step; }
ol.steps > li { position: relative; margin: 0 0 1.25rem; padding-left: 2.75rem;
  counter-increment: step; break-inside: avoid; }
ol.steps > li::before { content: counter(step); position: absolute; left: 0; top: -.1rem;
  width: 1.9rem; height: 1.9rem; border-radius: 50%; background: var(--accent);
  color: var(--paper); font-weight: 600; line-height: 1.9rem; text-align: center; }
ol.steps p { margin: 0 0 .4rem; }
.menu { font-weight: 600; } .menu i { padding: 0 .35em; color: var(--accent); font-style: normal;
  font-weight: 400; }
ul.settings { margin: .4rem 0; padding: .3rem .9rem; list-style: none; background: var(--sunken);
  border: 1px solid var(--line); border-radius: 8px; }
ul.settings li { display: flex; flex-wrap: wrap; gap: .1rem .9rem; padding: .3rem 0; }
ul.settings li + li { border-top: 1px solid var(--line); }
ul.settings .label { flex: 1 1 15rem; color: var(--quiet); }
ul.settings .value { flex: 1 1 15rem; overflow-wrap: anywhere; }
ul.settings .box { flex: 1; font-weight: 600; }
.box b { display: inline-block; width: 1.1em; height: 1.1em; margin-right: .55em;
  border: 1.5px solid currentColor; border-radius: 3px; font-size: .9em; line-height: 1;
  text-align: center; vertical-align: -.1em; }
img { max-width: 100%; height: auto; }
pre { margin: .4rem 0; padding: .7rem .9rem; background: var(--sunken);
  border: 1px solid var(--line); border-radius: 8px;
  font: .88rem/1.55 ui-monospace, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line);
  color: var(--quiet); font-size: .82rem; overflow-wrap: anywhere; }
footer p { margin: .15rem 0; }
@page { size: A4; margin: 12mm 17mm; }
@media print { :root { --page: #fff; --paper: #fff; --sunken: #fff; --line: #b9c1ca; --text: #000;
  --quiet: #333; --accent: #0b5362; --tint: #fff; --grave: #8d1d17; --grave-tint: #fff; }
  html { font-size: 9.5pt; line-height: 1.35; } body { padding: 0; }
  article { max-width: none; margin: 0; padding: 0; border: 0; border-radius: 0; }
  article + article { break-before: page; }
  .note { border: 1px solid var(--line); border-left: 4px solid var(--accent); }
  .note.grave { border-color: var(--grave); }
  h2 { margin: 1.1rem 0 .3rem; } caption { padding-top: .5rem; }
  th, td, ul.settings li { padding-top: .1rem; padding-bottom: .1rem; }
  .note { margin-bottom: .4rem; padding: .4rem .8rem; } footer { margin-top: 1rem; }
  h1 + p { margin-bottom: .8rem; }
  h1, h2, caption { break-after: avoid; } table, .note { break-inside: avoid; }
  ol.steps > li { min-height: 2.2rem; margin-bottom: .5rem; padding-top: .2rem; }
  ol.steps p { margin-bottom: .2rem; }
  ol.steps > li::before { top: 0; background: none; border: 1.5px solid var(--accent);
    color: var(--accent); line-height: 1.75rem; } }
"""
