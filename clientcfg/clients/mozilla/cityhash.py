# SPDX-License-Identifier: MPL-2.0
"""The name of an installation in ``profiles.ini``: CityHash64, version 1.0.

Mozilla programs tell their installations apart by a hash of the directory they
run from. CityHash changed its results with 1.1; this is the older one, and the
results have to stay those of the older one for ever.
"""

_WORD = 0xFFFF_FFFF_FFFF_FFFF
_K0 = 0xC3A5C85C97CB3127
_K1 = 0xB492B66FBE98F273
_K2 = 0x9AE16A3B2F90404F
_K3 = 0xC949D7C7509E6557
_MUL = 0x9DDFEA08EB382D69


def install_hash(program_dir: str) -> str:
    """The *HASH* of ``[InstallHASH]`` for the program in *program_dir*.

    *program_dir* is the absolute path as the program itself sees it, links
    resolved. A trailing slash does not count. Upper-case hex, no zero padding.
    """
    path = program_dir.rstrip("/") or program_dir
    return f"{city_hash_64(path.encode('utf-16-le', 'surrogatepass')):X}"


def city_hash_64(data: bytes) -> int:
    """CityHash64 v1.0 of *data*, as an unsigned 64-bit number."""
    if len(data) <= 16:
        return _up_to_16(data)
    if len(data) <= 32:
        return _up_to_32(data)
    if len(data) <= 64:
        return _up_to_64(data)
    return _longer(data)


def _at(data: bytes, start: int, size: int = 8) -> int:
    return int.from_bytes(data[start : start + size], "little")


def _rotate(value: int, by: int) -> int:
    value &= _WORD
    return (value >> by | value << (64 - by)) & _WORD


def _mix(value: int) -> int:
    value &= _WORD
    return value ^ value >> 47


def _join(low: int, high: int) -> int:
    """128 bits to 64."""
    low, high = low & _WORD, high & _WORD
    first = _mix((low ^ high) * _MUL)
    return _mix((high ^ first) * _MUL) * _MUL & _WORD


def _up_to_16(data: bytes) -> int:
    size = len(data)
    if size > 8:
        last = _at(data, size - 8)
        return _join(_at(data, 0), _rotate(last + size, size)) ^ last
    if size >= 4:
        return _join(size + (_at(data, 0, 4) << 3), _at(data, size - 4, 4))
    if size == 0:
        return _K2
    y = data[0] + (data[size >> 1] << 8)
    z = size + (data[-1] << 2)
    return _mix(y * _K2 ^ z * _K3) * _K2 & _WORD


def _up_to_32(data: bytes) -> int:
    size = len(data)
    a = _at(data, 0) * _K1
    b = _at(data, 8)
    c = _at(data, size - 8) * _K2
    d = _at(data, size - 16) * _K0
    return _join(
        _rotate(a - b, 43) + _rotate(c, 30) + d,
        a + _rotate(b ^ _K3, 20) - c + size,
    )


def _lane(a: int, z: int, second: int, third: int) -> tuple[int, int]:
    """One of the two lanes of the 33 to 64 byte case."""
    b, c = _rotate(a + z, 52), _rotate(a, 37)
    a += second
    c += _rotate(a, 7)
    a += third
    return a + z, b + _rotate(a, 31) + c


def _up_to_64(data: bytes) -> int:
    size = len(data)
    v = _lane(
        _at(data, 0) + (size + _at(data, size - 16)) * _K0,
        _at(data, 24),
        _at(data, 8),
        _at(data, 16),
    )
    w = _lane(
        _at(data, 16) + _at(data, size - 32),
        _at(data, size - 8),
        _at(data, size - 24),
        _at(data, size - 16),
    )
    r = _mix((v[0] + w[1]) * _K2 + (w[0] + v[1]) * _K0)
    return _mix(r * _K0 + v[1]) * _K2 & _WORD


def _weak(data: bytes, start: int, a: int, b: int) -> tuple[int, int]:
    """Fold 32 bytes into two seeds."""
    w, x, y, z = (_at(data, start + step) for step in (0, 8, 16, 24))
    a += w
    b = _rotate(b + a + z, 21)
    c = a
    a += x + y
    b += _rotate(a, 44)
    return (a + z) & _WORD, (b + c) & _WORD


def _longer(data: bytes) -> int:
    size = len(data)
    x = _at(data, 0)
    y = _at(data, size - 16) ^ _K1
    z = _at(data, size - 56) ^ _K0
    v = _weak(data, size - 64, size, y)
    w = _weak(data, size - 32, size * _K1, _K0)
    z += _mix(v[1]) * _K1
    x = _rotate(z + x, 39) * _K1
    y = _rotate(y, 33) * _K1
    for start in range(0, (size - 1) & ~63, 64):
        x = _rotate(x + y + v[0] + _at(data, start + 16), 37) * _K1
        y = _rotate(y + v[1] + _at(data, start + 48), 42) * _K1
        x = (x ^ w[1]) & _WORD
        y = (y ^ v[0]) & _WORD
        z = _rotate(z ^ w[0], 33)
        v = _weak(data, start, v[1] * _K1, x + w[0])
        w = _weak(data, start + 32, z + w[1], y)
        x, z = z, x
    return _join(
        _join(v[0], w[0]) + _mix(y) * _K1 + z,
        _join(v[1], w[1]) + x,
    )
