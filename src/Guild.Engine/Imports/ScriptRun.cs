using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Guild.Engine.Execution;
using Guild.Engine.Operations;

namespace Guild.Engine.Imports;

/// <summary>
/// Runs a Python script up to the place where it reads its arguments, in a process of its own: without input, with its output thrown away, and killed with all
/// that it started when it has answered or its time is over.
/// </summary>
internal sealed class ScriptRun(EngineContext context, string python, CancellationToken cancellation)
{
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The answer: <c>flags</c> and <c>inputs</c>, or a <c>problem</c>.</summary>
    public JsonObject Ask(ScriptTarget script, string destination)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var end = Run(script, destination, file);
            cancellation.ThrowIfCancellationRequested();
            return File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject answer
                ? answer
                : Problem(end is { } code
                    ? $"it ended with exit code {code} before it read its arguments"
                    : string.Create(CultureInfo.InvariantCulture, $"it did not come to read its arguments within {context.ScriptReadingLimit.TotalSeconds:0.##} seconds"));
        }
        catch (Exception error) when (error is ProgramException or IOException or UnauthorizedAccessException or JsonException)
        {
            return Problem($"it could not be run: {error.Message.TrimEnd('.')}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static JsonObject Problem(string text) => new() { ["problem"] = text };

    private int? Run(ScriptTarget script, string destination, string answerFile)
    {
        using var program = SpawnedProgram.Start(new ProgramStart
        {
            FileName = python,
            Arguments = ["-B", Path.Combine(context.RunnersDirectory, "guild_flags_run.py"), answerFile, Request(script, destination)],
            WorkingDirectory = script.Root,
            Environment = EnvironmentOf(script),
            MergesStreams = true,
        });
        try
        {
            return IsEndedInTime(program) ? program.Exit.GetAwaiter().GetResult().Status : null;
        }
        finally
        {
            program.Kill();
            program.Exit.Wait(TimeSpan.FromSeconds(5), CancellationToken.None);
        }
    }

    // The pipe is emptied all the time: a script that prints much would wait for ever.
    private bool IsEndedInTime(SpawnedProgram program)
    {
        var clock = Stopwatch.StartNew();
        var buffer = new byte[BufferSize];
        var isOpen = true;
        while (clock.Elapsed < context.ScriptReadingLimit && !cancellation.IsCancellationRequested)
        {
            if (isOpen)
            {
                var attempt = program.Output!.Read(buffer, LookInterval);
                isOpen = !attempt.IsAtEnd;
                if (attempt.Count > 0)
                {
                    continue;
                }
            }
            else
            {
                program.Exit.Wait(LookInterval, CancellationToken.None);
            }

            if (program.Exit.IsCompleted)
            {
                return true;
            }
        }

        return program.Exit.IsCompleted;
    }

    private Dictionary<string, string> EnvironmentOf(ScriptTarget script)
    {
        var environment = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal) { ["PYTHONDONTWRITEBYTECODE"] = "1" };
        environment.Remove(PosixTree.RunIdVariable);
        environment.Remove("RUN_DIR");
        var inherited = environment.GetValueOrDefault("PYTHONPATH");
        environment["PYTHONPATH"] = string.Join(Path.PathSeparator, inherited is { Length: > 0 } ? [.. script.PythonPath, inherited] : script.PythonPath);
        return environment;
    }

    private static string Request(ScriptTarget script, string destination) => new JsonObject
    {
        ["path"] = script.Path,
        ["module"] = script.Module,
        ["words"] = new JsonArray([.. script.Words.Select(w => JsonValue.Create(w))]),
        ["dest"] = destination,
        ["root"] = script.Root,
    }.ToJsonString();
}
