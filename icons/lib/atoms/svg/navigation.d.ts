import type { FluentIcon } from '../../utils/createFluentIcon.js';
export declare const NavigationRegular: FluentIcon;
export declare const Navigation20Filled: FluentIcon;
