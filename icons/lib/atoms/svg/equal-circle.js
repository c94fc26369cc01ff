"use client";
import { createFluentIcon } from '../../utils/createFluentIcon.js';
export const EqualCircleRegular = ( /*#__PURE__*/createFluentIcon('EqualCircleRegular', "1em", ["M13.5 9a.5.5 0 0 0 0-1h-7a.5.5 0 0 0 0 1zm0 3a.5.5 0 0 0 0-1h-7a.5.5 0 0 0 0 1zm4.5-2a8 8 0 1 0-16 0 8 8 0 0 0 16 0m-8-7a7 7 0 1 1 0 14 7 7 0 0 1 0-14"]));
