// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 3.7;
#declare Paper = <0.80, 0.66, 0.60>;
#declare Aim = <0.0, 0.96, 0>;
#declare Dist = 9.4;
#declare Pitch = 14;
#declare Turn = 12;
#declare Angle = 15.4;
#include "studio.inc"
#include "cactus.inc"

#declare Skin = texture {
    pigment {
        bozo turbulence 0.6 octaves 5
        color_map {
            [0.0 rgb <0.035, 0.150, 0.045>]
            [0.5 rgb <0.060, 0.215, 0.060>]
            [1.0 rgb <0.130, 0.300, 0.085>]
        }
        scale 0.3
    }
    normal { granite 0.06 scale 0.06 }
    finish { diffuse 0.85 ambient 0 specular 0.12 roughness 0.04 reflection { 0.0, 0.22 fresnel on } }
}
#declare Spine = texture {
    pigment { rgb <0.80, 0.62, 0.34> }
    finish { diffuse 0.8 ambient 0 specular 0.2 roughness 0.03 }
}
#declare Wool = texture { pigment { rgb <0.76, 0.70, 0.56> } finish { diffuse 0.85 ambient 0 } normal { granite 0.5 scale 0.01 } };
union {
    object { cactus_0 texture { Skin } }
    object { cactus_1 texture { Skin } }
    object { cactus_2 texture { Skin } }
    interior { ior 1.4 }
}
union { object { spines_0 } object { spines_1 } object { spines_2 } texture { Spine } }
union { object { wool_0 } object { wool_1 } object { wool_2 } texture { Wool } }

#declare Petals = texture {
    pigment {
        gradient x
        color_map { [0 rgb <0.90, 0.62, 0.16>] [0.22 rgb <0.86, 0.10, 0.26>] [0.7 rgb <0.80, 0.035, 0.24>] [1 rgb <0.88, 0.16, 0.38>] }
        scale 0.28
    }
    finish { diffuse 0.62, 0.30 ambient 0 specular 0.1 roughness 0.05 }
}
#macro Bloom(Where, Size, Tilt)
    union {
        object { flower texture { Petals } }
        object { stamens texture { pigment { rgb <0.92, 0.66, 0.12> } finish { diffuse 0.85 ambient 0 } } }
        cone { -y*0.16, 0.035, y*0.02, 0.06 texture { Skin } interior { ior 1.4 } }
        scale Size
        rotate Tilt
        translate Where
    }
#end
Bloom(<-0.16, 1.78, -0.06>, 1.25, <-14, 20, 12>)
Bloom(<0.22, 1.68, -0.16>, 0.95, <-28, 70, -26>)
Bloom(<0.50, 1.27, -0.28>, 0.62, <-18, 40, -8>)

object {
    cactus_pot
    texture {
        pigment {
            granite turbulence 0.3
            color_map {
                [0.0 rgb <0.46, 0.155, 0.062>]
                [0.6 rgb <0.54, 0.195, 0.082>]
                [0.9 rgb <0.62, 0.30, 0.17>]
                [1.0 rgb <0.70, 0.46, 0.32>]
            }
            scale 0.7
        }
        normal { granite 0.12 scale 0.05 }
        finish { diffuse 0.88 ambient 0 specular 0.05 roughness 0.1 }
    }
}
// Grit on the soil.
#declare R = seed(4);
#declare I = 0;
#while (I < 1500)
    #local A = rand(R)*2*pi;
    #local D = sqrt(rand(R))*0.66;
    #local G = 0.28 + 0.5*rand(R);
    sphere {
        0, 0.017 + 0.022*rand(R)
        scale <1, 0.7, 0.8 + 0.4*rand(R)> rotate y*360*rand(R)
        translate <D*cos(A), 0.695 + 0.02*rand(R), D*sin(A)>
        texture { pigment { rgb <0.62, 0.50, 0.38>*G } finish { diffuse 0.85 ambient 0 } }
    }
    #declare I = I + 1;
#end
