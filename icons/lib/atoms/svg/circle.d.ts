import type { FluentIcon } from '../../utils/createFluentIcon.js';
export declare const CircleFilled: FluentIcon;
export declare const CircleRegular: FluentIcon;
