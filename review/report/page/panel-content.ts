/** What a panel shows: a heading in two halves, and what is below it. */
export interface PanelContent {
  readonly over: string;
  readonly title: string;
  readonly body: readonly (Node | string | undefined | false)[];
}
