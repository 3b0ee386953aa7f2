using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Guild.Engine.Operations;

namespace Guild.Engine.Imports;

/// <summary>One script that is to be read.</summary>
/// <param name="Script">The script.</param>
/// <param name="Destination">Where its flags go if the operation says so; null if the script is to tell.</param>
internal sealed record ReadingRequest(ScriptTarget Script, string? Destination);

/// <summary>
/// Reads Python scripts: from the cache; else from their text, all by one process; and those whose text does not tell by a run of their own up to the place
/// where they read their arguments.
/// </summary>
internal sealed class PythonScripts(EngineContext context, CancellationToken cancellation)
{
    /// <summary>Part of every key: what another version of the readers read is not taken.</summary>
    private const string ReaderVersion = "2";

    private const int RunsAtOnce = 4;

    private static readonly string[] OfTextAlone = ["dest", "description", "kind", "imports"];

    private static readonly TimeSpan TextLimit = TimeSpan.FromSeconds(30);

    private readonly ImportCache _cache = new(context.Home.CacheDirectory, context.Time);

    /// <summary>The readings, in the order of the requests.</summary>
    public IReadOnlyList<ScriptReading> Read(IReadOnlyList<ReadingRequest> requests)
    {
        string python;
        try
        {
            python = Interpreters.FindPython(context);
        }
        catch (ProgramException error)
        {
            return [.. requests.Select(_ => new ScriptReading { Problem = $"there is no Python to read it with: {error.Message.TrimEnd('.')}" })];
        }

        var stamp = StampOf(python);
        var readings = new ScriptReading?[requests.Count];
        var missing = new List<Missing>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (KeyOf(requests[i], python, stamp) is not { } key)
            {
                readings[i] = new ScriptReading { Problem = "it cannot be read" };
            }
            else if ((readings[i] = _cache.Find(key)) is null)
            {
                missing.Add(new Missing(i, key, requests[i]));
            }
        }

        if (missing.Count > 0)
        {
            ReadTexts(python, missing, readings);
        }

        return readings!;
    }

    private static string? KeyOf(ReadingRequest request, string python, string stamp) => ImportCache.HashOf(request.Script.Path) is { } hash
        ? ImportCache.Key([ReaderVersion, hash, python, stamp, request.Destination ?? "", request.Script.Module ?? "", request.Script.Root, request.Script.Path, .. request.Script.Words])
        : null;

    // An interpreter that was replaced can have other modules.
    private static string StampOf(string python)
    {
        var file = new FileInfo(python);
        return FormattableString.Invariant($"{file.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    private void ReadTexts(string python, List<Missing> missing, ScriptReading?[] readings)
    {
        JsonArray answers;
        try
        {
            answers = AskOfTexts(python, [.. missing.Select(m => m.Request)]);
        }
        catch (Exception error) when (error is Win32Exception or IOException or JsonException or InvalidOperationException)
        {
            // A process that was killed because nobody waits any longer is no failure to read.
            cancellation.ThrowIfCancellationRequested();
            foreach (var script in missing)
            {
                readings[script.Index] = new ScriptReading { Problem = $"'{python}' could not read it: {error.Message.Trim().TrimEnd('.')}" };
            }

            return;
        }

        var toRun = new List<(Missing Script, JsonObject Answer)>();
        for (var i = 0; i < missing.Count; i++)
        {
            var answer = answers[i]!.AsObject();
            if (answer["run"]?.GetValue<bool>() == true)
            {
                toRun.Add((missing[i], answer));
                continue;
            }

            readings[missing[i].Index] = _cache.Add(missing[i].Key, answer, ReadingLife.Lasting);
        }

        var run = new ScriptRun(context, python, cancellation);
        Parallel.ForEach(toRun, new ParallelOptions { MaxDegreeOfParallelism = RunsAtOnce, CancellationToken = cancellation }, item =>
            readings[item.Script.Index] = Ask(run, item.Script, item.Answer));
    }

    // What could be read of the text is better than nothing, but it is said that there may be more.
    private ScriptReading Ask(ScriptRun run, Missing script, JsonObject fromText)
    {
        var answer = run.Ask(script.Request.Script, fromText["dest"]!.GetValue<string>());
        foreach (var part in OfTextAlone)
        {
            answer[part] = fromText[part]?.DeepClone();
        }

        if (answer["problem"] is null)
        {
            return _cache.Add(script.Key, answer, ReadingLife.Lasting);
        }

        answer["flags"] = fromText["flags"]?.DeepClone();
        return _cache.Add(script.Key, answer, ReadingLife.Short);
    }

    private JsonArray AskOfTexts(string python, IReadOnlyList<ReadingRequest> requests)
    {
        var start = new ProcessStartInfo(python, ["-I", "-B", Path.Combine(context.RunnersDirectory, "guild_flags.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in context.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("it did not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TextLimit);
        using var stop = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        process.StandardInput.Write(Text(requests));
        process.StandardInput.Close();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        var text = output.GetAwaiter().GetResult();
        return process.ExitCode == 0 && JsonNode.Parse(text) is JsonArray answers && answers.Count == requests.Count && answers.All(IsAnswer)
            ? answers
            : throw new InvalidOperationException(limit.IsCancellationRequested ? "it took too long." : LastLine(errors.GetAwaiter().GetResult()));
    }

    // A program that only goes by the name of Python can print anything.
    private static bool IsAnswer(JsonNode? node) => node is JsonObject answer && answer.ContainsKey("problem");

    private static string Text(IEnumerable<ReadingRequest> requests) => new JsonArray(
        [.. requests.Select(r => new JsonObject
        {
            ["path"] = r.Script.Path,
            ["words"] = new JsonArray([.. r.Script.Words.Select(w => JsonValue.Create(w))]),
            ["dest"] = r.Destination,
        })]).ToJsonString();

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];

    private sealed record Missing(int Index, string Key, ReadingRequest Request);
}
