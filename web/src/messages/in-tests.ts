/** Tests use English, because most of them read the page's text. */

import { staff } from "./en/staff.ts";
import { speak } from "./words.ts";

speak("en", staff);
