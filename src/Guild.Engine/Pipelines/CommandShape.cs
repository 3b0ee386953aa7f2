using Guild.Engine.Operations;

namespace Guild.Engine.Pipelines;

/// <summary>Compares commands by what they say of the operation. Which interpreter it is, and where the runners of this module lie, says nothing of it.</summary>
internal static class CommandShape
{
    public static bool AreSame(IReadOnlyList<string> planned, IReadOnlyList<string> recorded, EngineContext context)
    {
        // Guild AI runs Python by a runner of its own; what it runs is known by source code and flags.
        if (recorded is [_, "-um", PythonCommand.GuildAiRunner, ..])
        {
            return true;
        }

        if (planned.Count != recorded.Count)
        {
            return false;
        }

        for (var i = 0; i < planned.Count; i++)
        {
            if (planned[i] != recorded[i] && !(i == 0 && IsProgram(planned[0], recorded[0])) && !IsRunner(planned[i], recorded[i], context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsProgram(string planned, string recorded) =>
        Path.IsPathFullyQualified(planned) && Path.IsPathFullyQualified(recorded) && Kind(planned) == Kind(recorded);

    // python, python3 and python3.12 are one program to an operation.
    private static string Kind(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith("python", StringComparison.OrdinalIgnoreCase) ? "python" : Path.GetFileName(path);
    }

    private static bool IsRunner(string planned, string recorded, EngineContext context) =>
        Path.GetDirectoryName(planned) == Path.TrimEndingDirectorySeparator(context.RunnersDirectory) && Path.GetFileName(planned) == Path.GetFileName(recorded);
}
