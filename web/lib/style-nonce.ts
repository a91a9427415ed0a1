import { setNonce } from 'get-nonce';

/** By which the page's policy lets its own style elements in; the browser shows it to scripts alone, never to styles. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The side panels' lock of scrolling writes its style by this package, past the component library's setting.
setNonce(styleNonce());
