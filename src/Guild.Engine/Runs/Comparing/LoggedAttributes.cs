using Guild.Engine.Scalars;

namespace Guild.Engine.Runs.Comparing;

/// <summary>
/// Attributes that Guild AI takes from what a program prints, such as <c>ValueError: boom</c>, and keeps in event files of their own beside the record's scalars.
/// </summary>
internal static class LoggedAttributes
{
    /// <summary>Under this name they stand among the other attributes of a run. No attribute on disk can have it.</summary>
    public const string Key = "/logged";

    /// <summary>Those of a run, the latest of each name; null if there are none.</summary>
    public static IReadOnlyDictionary<string, object?>? Read(RunDirectory directory)
    {
        Dictionary<string, object?>? found = null;
        try
        {
            foreach (var path in RecordFile.PathsIn(directory.GuildPath, EventFiles.AttributeEnding))
            {
                foreach (var (name, text) in EventFiles.ReadTexts(path))
                {
                    (found ??= new(StringComparer.Ordinal))[name] = text;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What was read up to here is what there is to show.
        }

        return found;
    }
}
