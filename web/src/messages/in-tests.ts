/** Tests speak English, as most of them read what is written. */

import { staff } from "./en/staff.ts";
import { speak } from "./words.ts";

speak("en", staff);
