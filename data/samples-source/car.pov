// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
#version 3.7;
#declare Paper = <0.55, 0.68, 0.72>;
#declare Aim = <0.0, 0.82, 0>;
#declare Dist = 9.6;
#declare Pitch = 14;
#declare Turn = -34;
#declare Angle = 25;
#include "studio.inc"
#include "car.inc"

#declare Lacquer = finish {
    diffuse 0.85 ambient 0 specular 0.2 roughness 0.003
    reflection { 0.03, 0.9 fresnel on } conserve_energy
}
#declare Chrome = texture {
    pigment { rgb <0.80, 0.80, 0.82> }
    finish { diffuse 0.10 ambient 0 specular 0.4 roughness 0.01 reflection { 0.72 metallic } }
}
#declare Red = texture { pigment { rgb <0.56, 0.012, 0.010> } finish { Lacquer } }
#declare Cream = texture { pigment { rgb <0.86, 0.76, 0.56> } finish { Lacquer } }

object { car_body texture { Red } interior { ior 1.55 } }
object {
    car_glass
    texture { pigment { rgb <0.010, 0.016, 0.018> } finish { diffuse 1 ambient 0 reflection { 0.05, 1 fresnel on } } }
    interior { ior 1.6 }
}
object { car_trim texture { Chrome } }
object { car_bumper texture { Chrome } }

#declare Wheel = union {
    object { car_tyre texture { pigment { rgb 0.018 } finish { diffuse 0.9 ambient 0 specular 0.12 roughness 0.06 } normal { granite 0.05 scale 0.03 } } }
    object { car_hub texture { gradient z texture_map { [0.52 Chrome] [0.52 Cream] } scale 0.2 translate -z*0.1975 } interior { ior 1.5 } }
};
#local I = 0;
#while (I < 2)
    #local X = (I ? -0.93 : 0.97);
    object { Wheel rotate z*(20 + 50*I) translate <X, 0.335, -0.62> }
    object { Wheel rotate z*(20 + 50*I) rotate y*180 translate <X, 0.335, 0.62> }
    #local S = I*2 - 1;
    // Head lamps and tail lamps.
    union {
        torus { 0.125, 0.026 rotate z*90 texture { Chrome } }
        intersection {
            sphere { 0, 0.16 translate -x*0.09 }
            plane { -x, 0 }
            texture { pigment { rgb <0.85, 0.80, 0.66> } finish { diffuse 0.75 ambient 0 reflection { 0.08, 1 fresnel on } } normal { gradient z 0.5 scallop_wave scale 0.04 } }
            interior { ior 1.5 }
        }
        sphere { 0, 0.13 translate -x*0.122 texture { Red } interior { ior 1.55 } }
        translate <1.385, 0.625, 0.50*S>
    }
    sphere { 0, 0.07 scale <0.6, 1.2, 1> translate <-1.39, 0.62, 0.52*S> texture { pigment { rgb <0.35, 0.005, 0.005> } finish { Lacquer } } interior { ior 1.5 } }
    // Door handles.
    sphere { 0, 0.05 scale <1.9, 0.5, 0.5> translate <-0.10, 0.89, -0.575*S> texture { Chrome } }
    #local I = I + 1;
#end

// The roof rack with a leather case on it.
#declare Bar = union {
    #local I = -1;
    #while (I < 2)
        cylinder { <-0.55, 1.615, 0.16*I>, <0.30, 1.615, 0.16*I>, 0.014 }
        #local I = I + 1;
    #end
    #local I = 0;
    #while (I < 2)
        cylinder { <-0.48 + 0.70*I, 1.60, -0.30>, <-0.48 + 0.70*I, 1.60, 0.30>, 0.016 }
        cylinder { <-0.48 + 0.70*I, 1.60, -0.30>, <-0.48 + 0.70*I, 1.38, -0.38>, 0.014 }
        cylinder { <-0.48 + 0.70*I, 1.60, 0.30>, <-0.48 + 0.70*I, 1.38, 0.38>, 0.014 }
        #local I = I + 1;
    #end
};
object { Bar texture { Chrome } }
#declare Case_box = superellipsoid { <0.12, 0.12> scale <0.33, 0.115, 0.235> };
union {
    object {
        Case_box
        texture {
            pigment { bozo turbulence 0.6 color_map { [0 rgb <0.36, 0.145, 0.045>] [1 rgb <0.50, 0.225, 0.08>] } scale 0.15 }
            normal { granite 0.12 scale 0.05 }
            finish { diffuse 0.85 ambient 0 specular 0.25 roughness 0.03 }
        }
    }
    union {
        intersection { object { Case_box scale 1.025 } box { <-0.19, -1, -1>, <-0.135, 1, 1> } }
        intersection { object { Case_box scale 1.025 } box { <0.135, -1, -1>, <0.19, 1, 1> } }
        texture { pigment { rgb <0.10, 0.035, 0.012> } finish { diffuse 0.85 ambient 0 specular 0.2 roughness 0.03 } }
    }
    union {
        box { <-0.195, 0.0, -0.25>, <-0.13, 0.05, -0.238> }
        box { <0.13, 0.0, -0.25>, <0.195, 0.05, -0.238> }
        texture { pigment { rgb <0.8, 0.58, 0.2> } finish { diffuse 0.3 ambient 0 reflection { 0.5 metallic } } }
    }
    rotate y*4
    translate <-0.12, 1.742, 0>
}
