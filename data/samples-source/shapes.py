#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of the sample subjects, written as meshes for their .pov files.

usage: shapes.py teapot|cactus|car|boat out.inc [detail]
"""

import sys

import numpy as np

from solid import (F, both, box, clamp, cut, disc, ellipsoid, lathe, length, mesh, spline,
                   sweep, torus, union)


def outline(points, n=8):
    return spline(points, n)


def teapot(out, n):
    side = outline([(0.66, 0.0), (0.74, 0.03), (0.95, 0.28), (1.07, 0.62), (0.99, 0.98),
                    (0.76, 1.24), (0.60, 1.33), (0.575, 1.37)])
    body_line = np.vstack([[(0, 0.06)], [(0.56, 0.06), (0.60, 0.0)], side, [(0.53, 1.385), (0.0, 1.385)]])
    lid_line = np.vstack([[(0, 1.37)], [(0.47, 1.37)], outline(
        [(0.515, 1.40), (0.50, 1.435), (0.38, 1.50), (0.20, 1.565), (0.105, 1.60), (0.10, 1.66),
         (0.165, 1.72), (0.175, 1.77), (0.12, 1.825), (0.0, 1.84)])])

    def body(x, y, z):
        d = lathe(x, y, z, body_line) - 0.012
        d = d + 0.0035 * np.sin(y * 55 + 0.8 * np.arctan2(z, x)) * clamp((y - 0.1) * 5, 0, 1)
        spout = sweep(x, y, z, [(0.72, 0.40, 0, 0.29), (1.11, 0.56, 0, 0.235), (1.36, 0.88, 0, 0.165),
                                (1.50, 1.18, 0, 0.128), (1.67, 1.40, 0, 0.118), (1.84, 1.52, 0, 0.115)], 16)
        hole = sweep(x, y, z, [(1.50, 1.18, 0, 0.075), (1.67, 1.40, 0, 0.088), (1.84, 1.54, 0, 0.100)])
        spout = both(cut(spout, hole, 0.02), y - 1.39 + 0.35 * (x - 1.66), 0.025)
        d = union(d, spout, 0.16)
        grip = sweep(x, y, z, [(-0.72, 1.10, 0, 0.115), (-1.05, 1.27, 0, 0.10), (-1.42, 1.22, 0, 0.092),
                               (-1.58, 0.93, 0, 0.092), (-1.40, 0.60, 0, 0.095), (-0.98, 0.40, 0, 0.11)],
                     flat=(1, 1, 0.78))
        return union(d, grip, 0.13)

    mesh(body, (-1.75, -0.05, -1.15), (1.90, 1.47, 1.15), n, "teapot_body", out)
    mesh(lambda x, y, z: lathe(x, y, z, lid_line) - 0.01, (-0.6, 1.33, -0.6), (0.6, 1.9, 0.6), n // 2,
         "teapot_lid", out)


def car(out, n):
    wheels = (-0.93, 0.97)

    def shell(x, y, z):
        az = np.abs(z)
        low = box(x, y, z, (0, 0.56, 0), (1.48, 0.30, 0.56), 0.28)
        hood = ellipsoid(x, y, z, (0.78, 0.60, 0), (0.80, 0.40, 0.50))
        tail = ellipsoid(x, y, z, (-0.78, 0.62, 0), (0.78, 0.46, 0.50))
        cabin = ellipsoid(x, y, z, (-0.14, 0.84, 0), (0.92, 0.73, 0.56))
        d = union(union(union(low, hood, 0.2), tail, 0.2), cabin, 0.16)
        for wx in wheels:
            fender = disc(x - wx, y - 0.37, az - 0.52, 0.47, 0.21, 0.2)
            d = union(d, fender, 0.12)
        board = box(x, y, az, (0, 0.30, 0.60), (0.75, 0.05, 0.10), 0.045)
        return union(d, board, 0.06)

    def windows(x, y, z):
        az = np.abs(z)
        # Side panes: two rounded openings, narrowing with the roof.
        lean = 0.16 * (y - 0.95)
        front = box(x + lean * 1.6, y, z * 0, (0.15, 1.16, 0), (0.25, 0.16, 1), 0.09)
        back = box(x - lean * 2.2, y, z * 0, (-0.56, 1.16, 0), (0.20, 0.16, 1), 0.09)
        side = both(union(front, back), 0.30 - az)
        screen = both(both(box(x * 0, y, z, (0, 1.21, 0), (1, 0.15, 0.36), 0.10), 0.44 - x), x - 0.85)
        rear = both(box(x * 0, y, z, (0, 1.22, 0), (1, 0.12, 0.26), 0.09), x + 0.74)
        return union(side, union(screen, rear))

    def body(x, y, z):
        d = shell(x, y, z)
        az = np.abs(z)
        for wx in wheels:
            d = cut(d, disc(x - wx, y - 0.33, az - 0.74, 0.37, 0.30, 0.03), 0.03)
        d = cut(d, both(windows(x, y, z), -d - 0.035), 0.015)
        d = cut(d, y - 0.20, 0.03)
        # Door and lid seams.
        door = np.abs(box(x + 0.10 * (y - 0.7), y, z * 0, (0.13, 0.86, 0), (0.38, 0.55, 1), 0.14)) - 0.007
        d = cut(d, np.maximum(np.maximum(door, 0.40 - az), -d - 0.02), 0.012)
        lid = np.abs(box(x, y * 0, z, (1.15, 0, 0), (0.60, 1, 0.34), 0.16)) - 0.007
        d = cut(d, np.maximum(np.maximum(lid, 0.72 - y), np.maximum(-d - 0.02, 0.55 - x)), 0.012)
        return d

    def glass(x, y, z):
        d = shell(x, y, z)
        return np.maximum(windows(x, y, z) - 0.02, d + 0.022)

    def trim(x, y, z):
        d = shell(x, y, z)
        return length(np.maximum(np.abs(windows(x, y, z) - 0.004) - 0.008, 0), np.maximum(np.abs(d) - 0.008, 0)) - 0.010

    lo, hi = (-1.65, 0.1, -0.85), (1.65, 1.64, 0.85)
    mesh(body, lo, hi, n, "car_body", out)
    mesh(glass, lo, hi, n, "car_glass", out)
    mesh(trim, lo, hi, n, "car_trim", out)

    def bumper(x, y, z):
        az = np.abs(z)
        f = sweep(x, y, az, [(1.66, 0.36, -0.1, 0.055), (1.655, 0.36, 0.25, 0.055), (1.58, 0.36, 0.50, 0.05),
                             (1.42, 0.37, 0.68, 0.045)], flat=(1, 0.8, 1))
        b = sweep(x, y, az, [(-1.66, 0.36, -0.1, 0.055), (-1.655, 0.36, 0.25, 0.055), (-1.58, 0.36, 0.50, 0.05),
                             (-1.42, 0.37, 0.68, 0.045)], flat=(1, 0.8, 1))
        return np.minimum(f, b)

    mesh(bumper, (-1.8, 0.2, -0.8), (1.8, 0.5, 0.8), n, "car_bumper", out)

    def tyre(x, y, z):
        d = disc(x, y, z, 0.335, 0.115, 0.075)
        d = cut(d, disc(x, y, z + 0.13, 0.215, 0.06, 0.02), 0.01)
        a = np.arctan2(y, x)
        return d + 0.006 * clamp((length(x, y) - 0.29) * 30, 0, 1) * clamp(3 * np.sin(a * 44), -1, 1)

    def hub(x, y, z):
        r = length(x, y)
        d = np.maximum(np.abs(z + 0.075) - 0.02, r - 0.212)
        cap = ellipsoid(x, y, z, (0, 0, -0.085), (0.125, 0.125, 0.05))
        ring = torus(x, y, z + 0.095, 0.195, 0.02)
        return union(union(d, cap, 0.02), ring, 0.01)

    mesh(tyre, (-0.36, -0.36, -0.14), (0.36, 0.36, 0.14), n // 2, "car_tyre", out)
    mesh(hub, (-0.25, -0.25, -0.16), (0.25, 0.25, 0.0), n // 3, "car_hub", out)


def sheet(p, name, out):
    """A curved cloth from a grid of points."""
    du, dv = np.gradient(p, axis=0), np.gradient(p, axis=1)
    nrm = np.cross(du, dv)
    nrm /= np.maximum(np.sqrt((nrm ** 2).sum(-1, keepdims=True)), 1e-9)
    h, w = p.shape[:2]
    i = np.arange(h * w).reshape(h, w)
    tri = np.vstack([np.stack([i[:-1, :-1], i[1:, :-1], i[1:, 1:]], -1).reshape(-1, 3),
                     np.stack([i[:-1, :-1], i[1:, 1:], i[:-1, 1:]], -1).reshape(-1, 3)])
    out.write("#declare %s = mesh2 { vertex_vectors { %d,\n" % (name, h * w))
    out.write(",\n".join("<%.5f,%.5f,%.5f>" % tuple(r) for r in p.reshape(-1, 3)))
    out.write("}\nnormal_vectors { %d,\n" % (h * w))
    out.write(",\n".join("<%.4f,%.4f,%.4f>" % tuple(r) for r in nrm.reshape(-1, 3)))
    out.write("}\nface_indices { %d,\n" % len(tri))
    out.write(",\n".join("<%d,%d,%d>" % tuple(r) for r in tri))
    out.write("} }\n")


def boat(out, n):
    def hull(x, y, z):
        sheer = 0.42 + 0.07 * (x / 1.3) ** 2 + 0.05 * np.maximum(x, 0)
        t = clamp((x + 1.2) / 2.5, 0, 1)
        plan = 0.47 * (1 - t ** 3.2) * (0.78 + 0.22 * clamp(t * 3, 0, 1)) * 1.04
        keel = 0.55 * clamp((x - 0.55) / 0.85, 0, 1) ** 2.2
        rise = clamp((y - keel + 0.10) / 0.55, 0.0, 1)
        half = plan * rise ** 0.42
        d = (np.abs(z) - half) * 0.75
        d = both(d, -1.17 - x - 0.12 * (y - 0.3), 0.05)
        d = both(d, -y, 0.03)
        d = both(d, (keel - 0.09 - y) * 0.8, 0.03)
        return d, y - sheer, half

    def body(x, y, z):
        d, top, half = hull(x, y, z)
        d = both(d, top, 0.02)
        well = np.maximum(np.abs(z) - half + 0.055, -0.05 - top)
        return cut(d, np.maximum(well, -1.08 - x), 0.015)

    def rail(x, y, z):
        d, top, half = hull(x, y, z)
        band = length(np.maximum(np.abs(np.abs(z) - half + 0.02) - 0.03, 0),
                      np.maximum(np.abs(top - 0.005) - 0.014, 0)) - 0.012
        return np.maximum(band, np.maximum(-1.2 - x, x - 1.34))

    lo, hi = (-1.32, -0.03, -0.58), (1.45, 0.66, 0.58)
    mesh(body, lo, hi, n, "boat_hull", out)
    mesh(rail, lo, hi, n, "boat_rail", out)

    def cabin(x, y, z):
        d = box(x, y, z, (-0.32, 0.50, 0), (0.36, 0.13, 0.21), 0.05)
        return cut(d, both(length(np.abs(x + 0.32) - 0.17, y - 0.54) - 0.055, 0.19 - np.abs(z)), 0.01)

    mesh(cabin, (-0.75, 0.33, -0.26), (0.1, 0.67, 0.26), n // 2, "boat_cabin", out)

    u, v = np.meshgrid(np.linspace(0, 1, 50), np.linspace(0, 1, 50), indexing="ij")

    def sail(tack, clew, head, belly, roach, name):
        tack, clew, head = (np.array(q, float)[None, None] for q in (tack, clew, head))
        foot = tack + (clew - tack) * u[..., None]
        p = foot + (head - foot) * v[..., None]
        w = 4 * u * (1 - u) * np.sin(np.pi * v ** 0.8) + 0.5 * u * (1 - v) * v * 4 * 0.4
        p[..., 2] += belly * w
        p[..., 0] += roach * u * np.sin(np.pi * v)
        p[..., 1] -= 0.05 * np.sin(np.pi * u) * (1 - v) ** 6
        sheet(p, name, out)

    sail((0.12, 0.80, 0), (-1.18, 0.76, -0.10), (0.13, 2.78, 0), -0.20, -0.12, "main_sail")
    sail((1.30, 0.66, 0), (0.20, 0.74, -0.16), (0.21, 2.42, 0), -0.20, -0.05, "jib_sail")


def cactus(out, n):
    rng = np.random.default_rng(11)
    plants = [((-0.08, 0.98, 0.02), (0.60, 0.74, 0.60), 16, 0.085),
              ((0.50, 0.93, -0.26), (0.27, 0.30, 0.27), 11, 0.045),
              ((-0.50, 0.90, -0.36), (0.22, 0.25, 0.22), 10, 0.04)]

    def plant(c, r, ribs, depth):
        def f(x, y, z):
            px, py, pz = x - c[0], y - c[1], z - c[2]
            d = ellipsoid(px, py, pz, (0, 0, 0), r)
            a = np.arctan2(pz, px) + 0.10 * np.sin(3 * py / r[1] + c[0] * 9)
            rib = np.abs(np.sin(a * ribs / 2))
            fade = clamp(length(px, pz) / (r[0] * 0.55), 0, 1)
            rib = rib + 0.10 * np.cos(py / r[1] * 36) * (1 - rib)
            d = d + depth * fade * (1 - np.sqrt((1 - rib) ** 2 + 0.006))
            return union(d, ellipsoid(px, py, pz, (0, 0, 0), [q - depth * 1.15 for q in r]), 0.03)
        return f

    for i, (c, r, ribs, depth) in enumerate(plants):
        pad = 0.06
        mesh(plant(c, r, ribs, depth), [c[j] - r[j] - pad for j in range(3)],
             [c[j] + r[j] + pad for j in range(3)], n if i == 0 else n // 2, "cactus_%d" % i, out)
        # Spines: stars of thin cones on tufts of wool along every rib.
        out.write("#declare spines_%d = union {\n" % i)
        wool = []
        for k in range(ribs):
            rows = int(15 * r[1] / 0.74) + 2
            for q in range(rows):
                e = np.pi * (-0.30 + 0.74 * (q + 0.5) / rows)
                py = np.sin(e) * r[1]
                a = 2 * np.pi * k / ribs - 0.10 * np.sin(3 * py / r[1] + c[0] * 9)
                p = np.array([np.cos(a) * np.cos(e) * r[0], py, np.sin(a) * np.cos(e) * r[2]])
                nn = p / np.array(r) ** 2
                nn /= np.linalg.norm(nn)
                wool.append(p + c - nn * 0.004)
                for _ in range(7):
                    t = nn * 0.55 + rng.normal(0, 0.6, 3)
                    t -= nn * min(0, t @ nn)
                    t /= np.linalg.norm(t)
                    tip = p + c + t * rng.uniform(0.07, 0.14) * (0.6 + 0.4 * r[0] / 0.6)
                    b = p + c
                    out.write("cone { <%.4f,%.4f,%.4f>, 0.0055, <%.4f,%.4f,%.4f>, 0.001 }\n" % (*b, *tip))
        out.write("}\n#declare wool_%d = union {\n" % i)
        for p in wool:
            out.write("sphere { <%.4f,%.4f,%.4f>, %.4f }\n" % (*p, 0.016 + 0.006 * rng.random()))
        out.write("}\n")

    pot = np.vstack([[(0, 0)], [(0.50, 0.0)], [(0.535, 0.02), (0.66, 0.56), (0.70, 0.575), (0.735, 0.60),
                     (0.75, 0.78), (0.745, 0.80), (0.72, 0.81), (0.68, 0.80), (0.665, 0.76), (0.64, 0.60), (0, 0.60)]])
    mesh(lambda x, y, z: lathe(x, y, z, pot) - 0.008 + 0.002 * np.sin(y * 70), (-0.85, -0.05, -0.85), (0.85, 0.9, 0.85), n, "cactus_pot", out)

    petal = []
    for ring, (cnt, up, size) in enumerate([(11, 18, 1.0), (10, 38, 0.9), (8, 58, 0.72)]):
        for k in range(cnt):
            petal.append((360.0 * (k + 0.5 * ring) / cnt + rng.normal(0, 4), up + rng.normal(0, 5),
                          size * rng.uniform(0.92, 1.06)))
    u, v = np.meshgrid(np.linspace(0, 1, 24), np.linspace(-1, 1, 17), indexing="ij")
    w = 0.062 * np.sin(np.pi * u ** 0.75 * 0.97) ** 0.8 * (1 - 0.15 * u) + 0.006
    p = np.stack([0.27 * u, 0.05 * u * u * u + 0.35 * (w * v) ** 2 / 0.06, w * v], -1)
    sheet(p, "petal", out)
    out.write("#declare flower = union {\n")
    for a, up, s in petal:
        out.write("object { petal scale %.3f rotate z*%.1f rotate y*%.1f }\n" % (s, up, a))
    out.write("}\n")
    out.write("#declare stamens = union {\n")
    for _ in range(70):
        a, t = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.55)
        tip = 0.13 * np.array([np.sin(t) * np.cos(a), np.cos(t), np.sin(t) * np.sin(a)])
        out.write("cylinder { 0, <%.4f,%.4f,%.4f>, 0.002 } sphere { <%.4f,%.4f,%.4f>, 0.008 }\n" % (*tip, *tip))
    out.write("}\n")


if __name__ == "__main__":
    with open(sys.argv[2], "w") as f:
        globals()[sys.argv[1]](f, int(sys.argv[3]) if len(sys.argv) > 3 else 220)
