/**
 * Text as Terraform takes it literally: in its JSON, `${` and `%{` begin an expression unless the sign is doubled
 * (Terraform language, "String Templates").
 */
export function terraformLiteral(text: string): string {
  return text.replaceAll("${", "$${").replaceAll("%{", "%%{");
}
