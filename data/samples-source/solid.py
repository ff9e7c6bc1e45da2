#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn shapes given as distance functions into smooth POV-Ray meshes."""

import numpy as np

F = np.float32


def length(*a):
    return np.sqrt(sum(v * v for v in a))


def clamp(v, lo, hi):
    return np.minimum(np.maximum(v, lo), hi)


def union(a, b, k=0.0):
    """The union of two shapes, its seam rounded over the width k."""
    if k <= 0:
        return np.minimum(a, b)
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * h * k / 6


def cut(a, b, k=0.0):
    """Shape a without shape b."""
    return -union(-a, b, k)


def both(a, b, k=0.0):
    return -union(-a, -b, k)


def ellipsoid(x, y, z, c, r):
    px, py, pz = (x - c[0]) / r[0], (y - c[1]) / r[1], (z - c[2]) / r[2]
    k0 = length(px, py, pz) + 1e-6
    k1 = length(px / r[0], py / r[1], pz / r[2]) + 1e-6
    return k0 * (k0 - 1) / k1


def box(x, y, z, c, h, r):
    """A box with centre c, half sizes h and edges rounded by r."""
    q = [np.abs(v - m) - (s - r) for v, m, s in zip((x, y, z), c, h)]
    out = length(*[np.maximum(v, 0) for v in q])
    return out + np.minimum(np.maximum(np.maximum(q[0], q[1]), q[2]), 0) - r


def torus(u, v, w, R, r):
    """A ring around the w axis."""
    return length(length(u, v) - R, w) - r


def disc(u, v, w, R, h, r):
    """A round slab along the w axis: radius R, half thickness h."""
    a, b = length(u, v) - (R - r), np.abs(w) - (h - r)
    return np.minimum(np.maximum(a, b), 0) + length(np.maximum(a, 0), np.maximum(b, 0)) - r


def spline(points, n=40):
    """A Catmull-Rom curve through the points (of any dimension)."""
    p = np.array(points, dtype=float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    out = []
    for i in range(1, len(p) - 2):
        t = np.linspace(0, 1, n, endpoint=False)[:, None]
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2
                          + (3 * b - a - 3 * c + d) * t ** 3))
    out.append(p[-2][None])
    return np.vstack(out)


def sweep(x, y, z, points, n=8, flat=(1, 1, 1)):
    """A tube along a curve; points are (x, y, z, radius)."""
    s = spline(points, n).astype(F)
    best = None
    for a, b in zip(s[:-1], s[1:]):
        d = b - a
        px, py, pz = x - a[0], y - a[1], z - a[2]
        t = clamp((px * d[0] + py * d[1] + pz * d[2]) / (d[:3] @ d[:3]), 0, 1)
        v = length((px - d[0] * t) * flat[0], (py - d[1] * t) * flat[1],
                   (pz - d[2] * t) * flat[2]) - (a[3] + d[3] * t)
        best = v if best is None else np.minimum(best, v)
    return best


def lathe(x, y, z, outline):
    """A closed outline of (radius, height) points, turned around the y axis."""
    p = np.array(outline, dtype=F)
    rx, ry = length(x, z), y
    d = np.full(np.shape(rx), 1e9, F)
    sign = np.ones(np.shape(rx), F)
    for i in range(len(p)):
        a, b = p[i], p[i - 1]
        ex, ey = b - a
        wx, wy = rx - a[0], ry - a[1]
        t = clamp((wx * ex + wy * ey) / max(ex * ex + ey * ey, 1e-9), 0, 1)
        d = np.minimum(d, (wx - ex * t) ** 2 + (wy - ey * t) ** 2)
        c1, c2, c3 = ry >= a[1], ry < b[1], ex * wy > ey * wx
        sign = np.where((c1 & c2 & c3) | ~(c1 | c2 | c3), -sign, sign)
    return sign * np.sqrt(d)


def mesh(f, lo, hi, cells, name, out):
    """Write the zero surface of f(x, y, z) as `#declare name = mesh2 {...}`."""
    lo, hi = np.array(lo, float), np.array(hi, float)
    step = float((hi - lo).max() / cells)
    n = np.ceil((hi - lo) / step).astype(int) + 1
    ax = [(lo[i] + step * np.arange(n[i])).astype(F) for i in range(3)]
    v = np.empty(n, F)
    for i in range(0, n[0], 16):
        g = np.meshgrid(ax[0][i:i + 16], ax[1], ax[2], indexing="ij")
        v[i:i + 16] = f(*g)
    s = v < 0
    corners = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]

    def at(a, c):
        return a[c[0]:n[0] - 1 + c[0], c[1]:n[1] - 1 + c[1], c[2]:n[2] - 1 + c[2]]

    count = sum(at(s, c).astype(np.int8) for c in corners)
    cell = np.argwhere((count > 0) & (count < 8))
    index = np.full(n - 1, -1, np.int64)
    index[tuple(cell.T)] = np.arange(len(cell))
    pos, hits = np.zeros((len(cell), 3)), np.zeros(len(cell))
    for a in corners:
        for axis in range(3):
            if a[axis]:
                continue
            b = list(a)
            b[axis] = 1
            va = v[tuple((cell + a).T)]
            vb = v[tuple((cell + b).T)]
            m = (va < 0) != (vb < 0)
            t = np.where(m, va / np.where(m, va - vb, 1), 0)
            q = np.tile(np.array(a, float), (len(cell), 1))
            q[:, axis] = t
            pos += np.where(m[:, None], q, 0)
            hits += m
    pos = lo + step * (cell + pos / hits[:, None])

    def grad(p, e):
        g = np.empty_like(p)
        for i in range(3):
            d = np.zeros(3)
            d[i] = e
            g[:, i] = (f(*(p + d).T) - f(*(p - d).T)) / (2 * e)
        return g

    for _ in range(2):  # pull the points onto the surface
        g = grad(pos, step * 0.3)
        w = f(*pos.T)[:, None] / np.maximum((g * g).sum(1, keepdims=True), 0.05)
        pos -= np.clip(w * g, -step, step)
    g = grad(pos, step * 0.6)
    nrm = g / np.maximum(np.sqrt((g * g).sum(1, keepdims=True)), 1e-9)

    quads = []
    for axis in range(3):
        b, c = (axis + 1) % 3, (axis + 2) % 3
        m = [slice(None)] * 3
        m2 = list(m)
        m[axis], m2[axis] = slice(0, -1), slice(1, None)
        e = np.argwhere(s[tuple(m)] != s[tuple(m2)])
        e = e[(e[:, b] > 0) & (e[:, c] > 0) & (e[:, b] < n[b] - 1) & (e[:, c] < n[c] - 1)]
        q = []
        for db, dc in ((0, 0), (1, 0), (1, 1), (0, 1)):
            o = e.copy()
            o[:, b] -= db
            o[:, c] -= dc
            q.append(index[tuple(o.T)])
        quads.append(np.stack(q, 1))
    quads = np.vstack(quads)
    tri = np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])

    def rows(a, fmt):
        return ",\n".join(fmt % tuple(r) for r in a.tolist())

    out.write("#declare %s = mesh2 {\nvertex_vectors { %d,\n" % (name, len(pos)))
    out.write(rows(pos, "<%.5f,%.5f,%.5f>"))
    out.write("}\nnormal_vectors { %d,\n" % len(pos))
    out.write(rows(nrm, "<%.4f,%.4f,%.4f>"))
    out.write("}\nface_indices { %d,\n" % len(tri))
    out.write(rows(tri, "<%d,%d,%d>"))
    out.write("}\ninside_vector y\n}\n")
