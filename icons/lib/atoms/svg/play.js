"use client";
import { createFluentIcon } from '../../utils/createFluentIcon.js';
export const PlayFilled = ( /*#__PURE__*/createFluentIcon('PlayFilled', "1em", ["M17.22 8.68a1.5 1.5 0 0 1 0 2.63l-10 5.5A1.5 1.5 0 0 1 5 15.5v-11A1.5 1.5 0 0 1 7.22 3.2z"]));
