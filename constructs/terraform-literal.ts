/**
 * Text as Terraform takes it literally: in its JSON, `${` and `%{` begin an expression unless the sign is doubled
 * (Terraform language, "String Templates").
 */
export function terraformLiteral(text: string): string {
  // A function, because in a replacement string `$$` stands for one sign.
  return text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Text as a quoted string inside an expression of Terraform's: a file's path may hold anything. */
export function terraformString(text: string): string {
  return JSON.stringify(terraformLiteral(text));
}
