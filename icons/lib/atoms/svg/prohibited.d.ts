import type { FluentIcon } from '../../utils/createFluentIcon.js';
export declare const ProhibitedFilled: FluentIcon;
export declare const ProhibitedRegular: FluentIcon;
