// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table on a terrace over the sea. Part 1 is the table alone, part 2 all that
// stands behind it; scene.py puts them together, the far part out of focus.
// Reads terrace_sky.hdr (backdrop.py).
#version 3.7;
#ifndef (Quality) #declare Quality = 1; #end
#ifndef (Part) #declare Part = 1; #end

global_settings {
    assumed_gamma 1.0
    max_trace_level 6
    radiosity {
        pretrace_start 0.08
        pretrace_end (Quality > 0 ? 0.01 : 0.04)
        count (Quality > 0 ? 200 : 40)
        nearest_count 8
        error_bound 0.6
        recursion_limit 1
        brightness 1
        normal off
    }
}

#declare Eye = 0.27;
#declare Horizon = 0.45;
camera {
    perspective
    location y*Eye
    direction z
    right x*0.93
    up y*0.93*image_height/image_width
    matrix <1, 0, 0, 0, 1, 0, 0, (Horizon - 0.5)*0.93*image_height/image_width, 1, 0, 0, 0>
}

#declare Sun = vnormalize(<-0.62, 0.62, 0.66>);
light_source {
    Sun*60, rgb <3.5, 2.85, 2.05>
    parallel point_at 0
    area_light vnormalize(vcross(Sun, y))*0.9, vnormalize(vcross(Sun, x))*0.9, 5, 5 adaptive 1 jitter circular
}

box {
    0, <1, 1, 0.001>
    texture {
        pigment { image_map { hdr "terrace_sky.hdr" once interpolate 2 } }
        finish { emission 1 diffuse 0 ambient 0 }
    }
    scale <1.8, 0.9, 1>*900
    translate <-0.9*900, Eye - 0.1*900, 900>
    no_shadow
}
// The near sea, below the board.
box {
    <-2*899, -0.6*899, 899>, <2*899, -0.0985*899 + Eye, 899.001>
    texture { pigment { rgb <0.020, 0.20, 0.32> } finish { emission 1 diffuse 0 ambient 0 } }
    no_shadow
}
sky_sphere {
    pigment {
        gradient y
        color_map { [0 rgb <0.75, 0.78, 0.80>] [0.3 rgb <0.40, 0.55, 0.75>] [1 rgb <0.16, 0.32, 0.62>] }
    }
}

#declare R = seed(21);
#macro Rand(A, B) (A + (B - A)*rand(R)) #end

#declare Leaf = mesh {
    #local N = 10;
    #local I = 0;
    #while (I < N)
        #local A = I/N;
        #local B = (I + 1)/N;
        #local WA = 0.28*pow(sin(pi*A), 0.8);
        #local WB = 0.28*pow(sin(pi*B), 0.8);
        triangle { <A, -0.1*A*A, 0>, <B, -0.1*B*B, 0>, <B, 0.06*WB - 0.1*B*B, WB> }
        triangle { <A, -0.1*A*A, 0>, <A, 0.06*WA - 0.1*A*A, WA>, <B, 0.06*WB - 0.1*B*B, WB> }
        triangle { <A, -0.1*A*A, 0>, <B, -0.1*B*B, 0>, <B, 0.06*WB - 0.1*B*B, -WB> }
        triangle { <A, -0.1*A*A, 0>, <A, 0.06*WA - 0.1*A*A, -WA>, <B, 0.06*WB - 0.1*B*B, -WB> }
        #local I = I + 1;
    #end
};
#macro Leaf_texture(C)
    texture {
        pigment { rgb C }
        finish { diffuse 0.60, 0.55 ambient 0 specular 0.25 roughness 0.03 }
    }
#end
#macro Cluster(Where, Size, Count, L, Kind)
    #local I = 0;
    #while (I < Count)
        #local P = <Rand(-1, 1), Rand(-1, 1), Rand(-1, 1)>;
        #if (vlength(P) < 1)
            #local G = Rand(0.6, 1.25);
            object {
                Leaf
                scale L*Rand(0.7, 1.2)
                rotate <Rand(-60, 60), 0, Rand(-60, 40)>
                rotate y*Rand(0, 360)
                translate Where + P*Size
                #switch (Kind)
                    #case (0) Leaf_texture(<0.085, 0.20, 0.035>*G) #break
                    #case (1) Leaf_texture(<0.62, 0.045, 0.22>*G) #break
                    #else Leaf_texture(<0.15, 0.24, 0.10>*G)
                #end
            }
        #end
        #local I = I + 1;
    #end
#end

#if (Part = 1)
    // Planks along x, each its own piece of wood.
    #declare Z = 0.30;
    #declare K = 0;
    #while (Z < 6)
        #declare Wide = Rand(0.130, 0.150);
        #declare Tone = Rand(0.70, 1.15);
        superellipsoid {
            <0.02, 0.08>
            rotate y*90
            scale <4, 0.02, Wide/2 - 0.0022>
            texture {
                pigment {
                    wood turbulence <0.06, 0.06, 0.02> octaves 5 omega 0.55
                    pigment_map {
                        [0.0 granite color_map { [0.2 rgb <0.300, 0.128, 0.046>*Tone] [0.8 rgb <0.400, 0.190, 0.075>*Tone] } scale <0.5, 3, 12>*0.8]
                        [0.55 granite color_map { [0.2 rgb <0.225, 0.088, 0.030>*Tone] [0.8 rgb <0.330, 0.145, 0.054>*Tone] } scale <0.5, 3, 12>*0.8]
                        [0.85 granite color_map { [0.2 rgb <0.090, 0.032, 0.011>*Tone] [0.8 rgb <0.180, 0.070, 0.024>*Tone] } scale <0.5, 3, 12>*0.8]
                        [1.0 rgb <0.280, 0.118, 0.042>*Tone]
                    }
                    rotate y*90
                    scale <7, 1, 1>
                    scale 0.030
                    rotate <Rand(0, 360), Rand(-1.6, 1.6), Rand(-1.2, 1.2)>
                    translate <Rand(-3, 3), Rand(0.05, 0.25), Rand(-0.05, 0.05)>
                }
                normal {
                    average normal_map {
                        [1 granite 0.10 scale <0.30, 0.02, 0.010>]
                        [1 bumps 0.05 scale <0.5, 0.05, 0.06>]
                    }
                    translate <Rand(-3, 3), 0, Rand(-3, 3)>
                }
                finish { diffuse 0.85 ambient 0 specular 0.22 roughness 0.035 reflection { 0.0, 0.42 fresnel on } conserve_energy }
            }
            interior { ior 1.42 }
            translate <Rand(-1, 1), -0.02, Z + Wide/2>
        }
        #declare Z = Z + Wide;
        #declare K = K + 1;
    #end
    box { <-9, -0.2, 0>, <9, -0.04, 7> texture { pigment { rgb 0.01 } finish { ambient 0 } } }
    // What throws the dappled shade from outside the picture.
    union {
        Cluster(<-2.15, 1.75, 2.75>, <0.85, 0.30, 0.55>, 330, 0.105, 0)
        Cluster(<-1.05, 2.0, 3.0>, <0.65, 0.22, 0.45>, 130, 0.10, 0)
        Cluster(<-2.7, 1.7, 2.1>, <0.6, 0.35, 0.6>, 240, 0.105, 0)
        no_image no_reflection no_radiosity
    }
#else
    // The balustrade.
    #declare Stone = texture {
        pigment { granite color_map { [0 rgb <0.50, 0.44, 0.36>] [1 rgb <0.70, 0.64, 0.54>] } scale 0.4 }
        finish { diffuse 0.85 ambient 0 }
    };
    union {
        box { <-9, 0.06, 4.9>, <9, 0.17, 5.3> }
        box { <-9, -0.9, 4.9>, <9, -0.62, 5.3> }
        #declare X = -6;
        #while (X < 6)
            cone { <X, -0.62, 5.1>, 0.10, <X, -0.3, 5.1>, 0.13 }
            cone { <X, -0.3, 5.1>, 0.13, <X, 0.06, 5.1>, 0.06 }
            #declare X = X + 0.42;
        #end
        texture { Stone }
    }
    box { <-9, -1, 2>, <9, -0.95, 5.3> texture { pigment { rgb <0.5, 0.40, 0.30> } finish { diffuse 0.85 ambient 0 } } }
    // Lemon boughs above at the left, bougainvillea over the rail at the right.
    union {
        Cluster(<-1.50, 1.80, 3.9>, <1.05, 0.42, 0.5>, 900, 0.19, 0)
        Cluster(<-1.85, 1.25, 4.0>, <0.38, 0.60, 0.4>, 330, 0.19, 0)
        Cluster(<-0.50, 1.86, 3.9>, <0.75, 0.20, 0.4>, 210, 0.18, 0)
        Cluster(<1.95, 0.15, 4.7>, <0.55, 0.42, 0.4>, 500, 0.13, 1)
        Cluster(<2.05, 0.75, 4.8>, <0.42, 0.60, 0.4>, 420, 0.13, 1)
        Cluster(<2.05, 0.30, 4.9>, <0.65, 0.80, 0.4>, 500, 0.15, 0)
        Cluster(<-2.3, 0.25, 5.2>, <0.7, 0.34, 0.4>, 420, 0.14, 2)
    }
    #declare I = 0;
    #while (I < 11)
        sphere {
            0, 0.085 scale <0.85, 1.15, 0.85>
            translate <Rand(-1.8, -0.55), Rand(1.12, 1.60), Rand(3.3, 3.7)>
            texture { pigment { rgb <0.90, 0.62, 0.04> } finish { diffuse 0.7, 0.15 ambient 0 specular 0.3 roughness 0.02 } }
        }
        #declare I = I + 1;
    #end
    union {
        cone { <-2.6, -0.2, 4.2>, 0.09, <-2.2, 1.5, 4.1>, 0.06 }
        cone { <-2.2, 1.5, 4.1>, 0.06, <-1.2, 2.3, 4.0>, 0.03 }
        texture { pigment { rgb <0.16, 0.11, 0.07> } finish { diffuse 0.85 ambient 0 } }
    }
#end
