import 'react';

declare module 'react' {
  // Our utility classes take their gap from a custom property.
  interface CSSProperties {
    '--gap'?: string;
    /** Widths of the stage line's columns. */
    '--stages'?: string;
  }
}
