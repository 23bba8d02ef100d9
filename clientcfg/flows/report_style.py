# SPDX-License-Identifier: MPL-2.0
"""The looks of a report that stands alone: on a screen, light or dark, and on paper."""

from typing import Final

STYLE: Final = """
:root { --page: #eef0f2; --paper: #fff; --sunken: #f2f4f5; --line: #dde1e5; --text: #1b2127;
  --quiet: #4b5661; --dot: #7d8893; --accent: #0e6273; --ready: #1a6b3c; --warn: #875000;
  --no: #ae2a22; --unknown: #55606b; --t1: #6797a3; --t2: #4a8593; --t3: #256878; --t4: #0a3d49; }
@media (prefers-color-scheme: dark) { :root { --page: #191c20; --paper: #24282d; --sunken: #1a1d20;
  --line: #3a4047; --text: #eef0f2; --quiet: #b9c1ca; --dot: #828d98; --accent: #6fc6d6;
  --ready: #74d09a; --warn: #efbc62; --no: #ff958b; --unknown: #b5bec7; --t1: #4b7f8b;
  --t2: #6299a7; --t3: #82bdca; --t4: #b4e3ec; } }
* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--text); }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem);
  background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.1rem; font-weight: 650; }
.when { margin: .2rem 0 1.25rem; color: var(--quiet); }
.said { margin: 0; padding: .7rem 1rem; background: var(--sunken); border-radius: 4px;
  border-inline-start: 4px solid var(--accent); font-weight: 600; }
.said.ready { border-color: var(--ready); } .said.warn { border-color: var(--warn); }
.said.no { border-color: var(--no); } .said.unknown { border-color: var(--unknown); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem .6rem; text-align: start; vertical-align: top;
  border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .82rem; font-weight: 600; color: var(--quiet); }
tbody th { font-weight: 400; overflow-wrap: anywhere; } tbody th b { font-weight: 650; }
.marks th.m, .marks td { text-align: center; white-space: nowrap; }
.marks td.fault { text-align: start; white-space: normal; color: var(--quiet); }
.y { color: var(--accent); font-weight: 700; } .c { color: var(--no); font-weight: 700; }
.n { color: var(--dot); } small { color: var(--quiet); font-size: .82rem; }
.key { color: var(--quiet); font-size: .85rem; }
.bar { display: flex; gap: 2px; height: .8rem; min-width: 12rem; }
.bar i { border-radius: 2px; min-width: 1px; } .bar i:nth-child(1) { background: var(--t1); }
.bar i:nth-child(2) { background: var(--t2); } .bar i:nth-child(3) { background: var(--t3); }
.bar i:nth-child(4) { background: var(--t4); }
.times td { vertical-align: middle; } .times td.num { text-align: end; white-space: nowrap; }
.times td.line { width: 55%; }
dl { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
ul, ol { margin: 0; padding-inline-start: 1.3rem; } li { margin: .2rem 0; }
li.bad::marker { content: "✗  "; color: var(--no); }
li.good::marker { content: "✓  "; color: var(--ready); } li.so::marker { content: "·  "; }
.bad-words { color: var(--no); }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; font-weight: 600; } summary:focus-visible { outline: 2px solid
  var(--accent); outline-offset: 3px; border-radius: 4px; }
pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--sunken); border-radius: 6px;
  font: .82rem/1.55 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; direction: ltr; text-align: left; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line);
  color: var(--quiet); font-size: .82rem; }
@page { size: A4; margin: 12mm 15mm; }
@media print { :root { --page: #fff; --paper: #fff; --sunken: #fff; --line: #b9c1ca; --text: #000;
  --quiet: #333; } html { font-size: 9.5pt; } body { padding: 0; } main { max-width: none;
  padding: 0; border: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; }
  .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
