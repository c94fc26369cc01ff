"use client";
import { createFluentIcon } from '../../utils/createFluentIcon.js';
export const ArrowImportRegular = ( /*#__PURE__*/createFluentIcon('ArrowImportRegular', "1em", ["M17.5 4c.28 0 .5.22.5.5v11a.5.5 0 0 1-1 0v-11c0-.28.22-.5.5-.5M2 10c0-.28.22-.5.5-.5h10.8l-3.15-3.15a.5.5 0 0 1 .7-.7l4 4A.5.5 0 0 1 15 10a.5.5 0 0 1-.15.35l-4 4a.5.5 0 0 1-.7-.7l3.14-3.15H2.5A.5.5 0 0 1 2 10"], { flipInRtl: true }));
