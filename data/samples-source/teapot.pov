// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 3.7;
#declare Paper = <0.80, 0.70, 0.56>;
#declare Aim = <0.04, 0.86, 0>;
#declare Dist = 8.6;
#declare Pitch = 13;
#declare Turn = 24;
#declare Angle = 30;
#include "studio.inc"
#include "teapot.inc"

// A deep blue-green glaze, breaking to rust on edges and rim, with iron specks.
#declare Glaze_finish = finish {
    diffuse 0.85 ambient 0 specular 0.25 roughness 0.004
    reflection { 0.03, 0.85 fresnel on } conserve_energy
}
#declare Gloss = normal { bumps 0.035 scale 0.22 };
#declare Pool = pigment {
    bozo turbulence 0.7 octaves 5 lambda 2.3
    color_map {
        [0.0 rgb <0.004, 0.085, 0.135>]
        [0.5 rgb <0.008, 0.150, 0.205>]
        [1.0 rgb <0.020, 0.250, 0.290>]
    }
    scale <0.35, 0.7, 0.35>
}
#declare Rust = pigment {
    bozo turbulence 0.5
    color_map { [0 rgb <0.30, 0.115, 0.030>] [1 rgb <0.46, 0.22, 0.07>] }
    scale 0.2
}
// Iron specks on top of a glaze.
#macro Specked(P)
    pigment {
        granite
        pigment_map { [0.70 P scale 1/0.16] [0.76 color rgb <0.015, 0.012, 0.01>] }
        scale 0.16
    }
    finish { Glaze_finish }
    normal { Gloss }
#end
#declare Clay = texture {
    pigment { granite color_map { [0 rgb <0.36, 0.19, 0.10>] [1 rgb <0.50, 0.30, 0.17>] } scale 0.2 }
    finish { diffuse 0.85 ambient 0 }
    normal { granite 0.15 scale 0.04 }
}
object {
    teapot_body
    texture {
        gradient y
        texture_map {
            [0.045 Clay]
            [0.055 Specked(Rust)]
            [0.085 Specked(Pool)]
            [0.685 Specked(Pool)]
            [0.715 Specked(Rust)]
        }
        warp { turbulence <0.02, 0.02, 0.02> octaves 3 }
        scale 2
    }
    interior { ior 1.5 }
}
object {
    teapot_lid
    texture {
        gradient y
        texture_map {
            [0.705 Specked(Rust)]
            [0.722 Specked(Pool)]
            [0.895 Specked(Pool)]
            [0.915 Specked(Rust)]
        }
        warp { turbulence <0.02, 0.02, 0.02> octaves 3 }
        scale 2
    }
    interior { ior 1.5 }
}
