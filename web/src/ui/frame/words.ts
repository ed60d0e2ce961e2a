/** The words of the frame around staff's pages. */

export const words = {
  skip: "Skip to the content",
  main: "Main",
  menu: "Menu",
  account: "Account",
  waiting: (count: number, of: string) => `${count} ${of}`,
  path: "Where you are",
} as const;
