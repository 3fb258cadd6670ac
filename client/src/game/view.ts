/** What a seat sees: sections by name. The generated protocol says which. */
export type View = Readonly<Record<string, unknown>>

/** What a seat asks for, by its type. */
export type Command = Readonly<{ type: string } & Record<string, unknown>>
