// SPDX-FileCopyrightText: The Diorama authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A beach in the last sun. Reads shore.inc and foam.png (ground.py) and
// shore_sky.hdr (backdrop.py).
#version 3.7;
#ifndef (Quality) #declare Quality = 1; #end

global_settings {
    assumed_gamma 1.0
    max_trace_level 6
    radiosity {
        pretrace_start 0.08
        pretrace_end 0.02
        count (Quality > 0 ? 120 : 40)
        nearest_count 8
        error_bound 0.8
        recursion_limit 1
        brightness 1
        normal off
    }
}

#declare Eye = 0.62;
#declare Horizon = 0.47; // from the top, as a part of the height

camera {
    perspective
    location y*Eye
    direction z
    right x*1.0
    up y*image_height/image_width
    // A shifted view: level camera, the horizon above the middle.
    matrix <1, 0, 0, 0, 1, 0, 0, (Horizon - 0.5)*image_height/image_width, 1, 0, 0, 0>
}

#declare Sun = vnormalize(<-0.60, 0.20, 1>);
light_source {
    Sun*500, rgb <4.6, 2.55, 1.15>
    parallel point_at 0
    area_light x*12, y*12, 4, 4 adaptive 1 jitter
}

// The far board with sky and headlands.
box {
    0, <1, 1, 0.001>
    texture {
        pigment { image_map { hdr "shore_sky.hdr" once interpolate 2 } }
        finish { emission 1 diffuse 0 ambient 0 }
    }
    scale <1.8, 0.9, 1>*900
    translate <-0.9*900, Eye - 0.1*900, 900>
    no_shadow
}
sky_sphere {
    pigment {
        gradient y
        color_map { [0 rgb <0.62, 0.44, 0.34>] [0.25 rgb <0.36, 0.38, 0.46>] [1 rgb <0.12, 0.20, 0.38>] }
    }
}

#include "shore.inc"

#declare Dry = texture {
    pigment {
        granite
        color_map {
            [0.0 rgb <0.36, 0.26, 0.170>]
            [0.4 rgb <0.56, 0.43, 0.290>]
            [0.8 rgb <0.66, 0.53, 0.380>]
            [1.0 rgb <0.85, 0.75, 0.600>]
        }
        scale 0.035
    }
    normal { granite 0.10 scale 0.012 }
    finish { diffuse 0.85 ambient 0 }
};
#declare Damp = texture {
    pigment { granite color_map { [0 rgb <0.17, 0.115, 0.075>] [1 rgb <0.27, 0.195, 0.135>] } scale 0.05 }
    normal { granite 0.03 scale 0.02 }
    finish { diffuse 0.8 ambient 0 reflection { 0.01, 0.45 fresnel on } }
};
#declare Wet = texture {
    pigment { rgb <0.145, 0.100, 0.070> }
    normal { bumps 0.02 scale <0.25, 0.05, 0.08> }
    finish { diffuse 0.75 ambient 0 reflection { 0.02, 0.95 fresnel on } }
};
object {
    sand
    texture {
        gradient y
        texture_map { [0.040 Wet] [0.070 Damp] [0.110 Dry] }
        warp { turbulence <0.012, 0.018, 0.012> octaves 4 }
        scale 1.001
    }
    interior { ior 1.33 }
}
#declare Sea = texture {
    pigment { rgb <0.012, 0.055, 0.068> }
    normal {
        average normal_map {
            [1 bumps 0.10 scale <0.30, 0.2, 0.12>]
            [1 bumps 0.16 scale <1.2, 0.5, 0.40> rotate y*20]
            [0.6 wrinkles 0.06 scale <0.3, 0.2, 0.15>]
        }
    }
    finish { diffuse 0.8 ambient 0 specular 0.25 roughness 0.01 reflection { 0.02, 0.95 fresnel on } }
};
#declare Foam = texture {
    pigment { rgb <0.86, 0.84, 0.80> }
    finish { diffuse 0.85, 0.15 ambient 0 }
};
object {
    water
    texture {
        image_pattern { png "foam.png" gamma 1 interpolate 2 once }
        texture_map { [0.10 Sea] [0.75 Foam] }
        rotate x*90
        scale 20
        translate <-10, 0, 3>
    }
    interior { ior 1.33 }
}
// Out to the horizon.
plane {
    y, 0
    texture { Sea }
    interior { ior 1.33 }
    clipped_by { plane { -z, -43 } }
}
