/** A page as text: bin/page.mjs puts its style and its bundled script into it, for the bundle and for jest alike. */
declare module "*.html" {
  const text: string;
  export default text;
}
