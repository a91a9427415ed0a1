/** The API's own bound, said before it refuses: a test holds it against the one of `platform/auth`. */
export const minPasswordLength = 12;
