/**
 * The one cookie that counts, as it came. What else a browser sends, or somebody makes up, is neither looked at nor
 * kept: the same session is known, and forgotten, whatever stands beside it.
 */
export function findSession(cookies: string | undefined): string | undefined {
  return /(?:^|;)\s*((?:__Secure-)?kurator\.session_token=[^;\s]{1,500})/.exec(cookies ?? '')?.[1];
}
