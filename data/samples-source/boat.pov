// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 3.7;
#declare Paper = <0.42, 0.41, 0.50>;
#declare Aim = <0.08, 1.36, 0>;
#declare Dist = 11.5;
#declare Pitch = 9;
#declare Turn = -24;
#declare Angle = 17;
#include "studio.inc"
#include "boat.inc"

#declare Varnish = finish {
    diffuse 0.85 ambient 0 specular 0.15 roughness 0.006
    reflection { 0.02, 0.6 fresnel on } conserve_energy
}
#declare Grain = pigment {
    wood turbulence <0.03, 0.03, 0.10> octaves 4
    color_map {
        [0.0 rgb <0.52, 0.255, 0.085>]
        [0.5 rgb <0.42, 0.185, 0.055>]
        [0.8 rgb <0.30, 0.120, 0.032>]
        [1.0 rgb <0.48, 0.230, 0.075>]
    }
    scale 0.055
    rotate <3, 92, 4>
}
#declare Pale = pigment {
    wood turbulence <0.03, 0.03, 0.10> octaves 4
    color_map {
        [0.0 rgb <0.74, 0.50, 0.25>]
        [0.6 rgb <0.66, 0.42, 0.19>]
        [1.0 rgb <0.55, 0.32, 0.13>]
    }
    scale 0.05
    rotate <3, 92, 4>
    translate y*0.31
}
#declare Paint = pigment { rgb <0.035, 0.15, 0.36> };
#declare White = pigment { rgb <0.80, 0.77, 0.70> };

object {
    boat_hull
    texture {
        gradient y
        texture_map {
            [0.200 pigment { Paint } finish { Varnish } normal { bumps 0.02 scale 0.1 }]
            [0.200 pigment { White } finish { Varnish }]
            [0.245 pigment { White } finish { Varnish }]
            [0.245 pigment { Grain } finish { Varnish }]
        }
    }
    interior { ior 1.5 }
}
object { boat_rail texture { pigment { Pale } finish { Varnish } } interior { ior 1.5 } }
object { boat_cabin texture { pigment { Pale } finish { Varnish } } interior { ior 1.5 } }
box { <-0.72, 0.62, -0.24>, <0.08, 0.645, 0.24> texture { pigment { Grain } finish { Varnish } } interior { ior 1.5 } }
union {
    cone { <0.16, 0.3, 0>, 0.036, <0.16, 2.90, 0>, 0.020 }
    sphere { <0.16, 2.92, 0>, 0.036 }
    cylinder { <0.12, 0.765, 0>, <-1.24, 0.725, -0.105>, 0.021 }
    sphere { <-1.24, 0.725, -0.105>, 0.026 }
    cone { <1.10, 0.50, 0>, 0.026, <1.46, 0.64, 0>, 0.018 }
    texture { pigment { Pale } finish { Varnish } }
    interior { ior 1.5 }
}
#declare Cord = texture { pigment { rgb <0.46, 0.36, 0.22> } finish { diffuse 0.8 ambient 0 } };
union {
    cylinder { <1.42, 0.63, 0>, <0.17, 2.62, 0>, 0.008 }
    cylinder { <-1.10, 0.52, 0>, <0.15, 2.86, 0>, 0.008 }
    cylinder { <0.0, 0.47, -0.44>, <0.16, 2.40, 0>, 0.008 }
    cylinder { <0.0, 0.47, 0.44>, <0.16, 2.40, 0>, 0.008 }
    cylinder { <-1.0, 0.44, -0.05>, <-1.05, 0.73, -0.09>, 0.008 }
    texture { Cord }
}
#macro Cloth(C1, C2, At)
    texture {
        pigment {
            gradient y
            color_map { [At C1] [At C2] [At + 0.055 C2] [At + 0.055 C1] [At + 0.085 C1] [At + 0.085 C2] [At + 0.10 C2] [At + 0.10 C1] }
            scale 3
        }
        normal {
            average normal_map {
                [1 gradient x 0.25 triangle_wave scale 0.012]
                [1 gradient y 0.25 triangle_wave scale 0.012]
                [1 wrinkles 0.25 scale 0.5]
            }
        }
        finish { diffuse 0.62, 0.32 ambient 0 }
    }
#end
object { main_sail Cloth(rgb <0.86, 0.76, 0.58>, rgb <0.62, 0.055, 0.03>, 0.46) }
object { jib_sail Cloth(rgb <0.62, 0.055, 0.03>, rgb <0.62, 0.055, 0.03>, 0.46) }
// The pennant.
mesh {
    triangle { <0.16, 2.90, 0>, <0.16, 2.76, 0>, <-0.16, 2.80, -0.05> }
    texture { pigment { rgb <0.62, 0.055, 0.03> } finish { diffuse 0.7, 0.3 ambient 0 } }
}
