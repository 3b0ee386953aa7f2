namespace Guild.Engine.Runs.Index;

/// <summary>The tables of an index.</summary>
internal static class IndexSchema
{
    /// <summary>The statements that make them.</summary>
    public const string Text = """
        CREATE TABLE home (path TEXT NOT NULL);
        CREATE TABLE run (key INTEGER PRIMARY KEY, place INTEGER NOT NULL, id TEXT NOT NULL, time INTEGER NOT NULL, guild INTEGER NOT NULL, rest INTEGER NOT NULL, rewritten INTEGER NOT NULL, sum INTEGER NOT NULL);
        CREATE UNIQUE INDEX run_id ON run (place, id);
        CREATE TABLE content (key INTEGER PRIMARY KEY, sum INTEGER NOT NULL, content BLOB NOT NULL, last BLOB);
        CREATE TABLE scalars (key INTEGER PRIMARY KEY, sum INTEGER NOT NULL, scalars BLOB NOT NULL);
        """;

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["home", "run", "content", "scalars"];
}
