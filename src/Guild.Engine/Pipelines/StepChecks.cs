using System.Text.RegularExpressions;
using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;
using Guild.Engine.Text;

namespace Guild.Engine.Pipelines;

/// <summary>Looks whether what a step expects holds of its run.</summary>
internal static class StepChecks
{
    private const string SeeAbove = "unexpected file contents - see above for details";

    /// <summary>The exit status of a pipeline that ended because a check failed; Guild AI's own.</summary>
    public const int FailedStatus = 3;

    /// <summary>Looks at everything, and tells what is looked at and what does not hold in the words of Guild AI.</summary>
    /// <returns>True if all of it holds.</returns>
    public static bool Hold(IReadOnlyList<StepCheck> checks, RunDirectory run, IReadOnlyDictionary<string, string> environment, Action<string, string> log)
    {
        var passed = 0;
        foreach (var check in checks)
        {
            if (Problem(check, run, environment, log) is { } problem)
            {
                log("ERROR", $"check failed: {problem}");
                continue;
            }

            passed++;
        }

        if (checks.Count > 0)
        {
            log("INFO", FormattableString.Invariant($"{passed} of {checks.Count} checks passed"));
        }

        return passed == checks.Count;
    }

    private static string? Problem(StepCheck check, RunDirectory run, IReadOnlyDictionary<string, string> environment, Action<string, string> log)
    {
        if (check.Output is { } output)
        {
            log("INFO", $"checking run {run.Id} output for {Quote(output)}");
            return Read(run.OutputPath) switch
            {
                null => $"error reading run output from {run.OutputPath}",
                var text => Finds(output, text) ? null : $"could not find pattern {Quote(output)} in run {run.Id} output",
            };
        }

        log("INFO", $"checking run {run.Id} files {Quote(check.File!)}");
        var files = Files(check.File!, run);
        return files.Count == 0
            ? $"no files matching {check.File} in run {run.Id}"
            : files.Select(file => Problem(check, run, file, environment, log)).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(StepCheck check, RunDirectory run, string file, IReadOnlyDictionary<string, string> environment, Action<string, string> log)
    {
        var path = Path.Join(run.Path, file);
        if (check.CompareTo is { Length: > 0 } compared)
        {
            var other = Path.GetFullPath(FlagReferences.ResolveText(compared, environment.ToDictionary(e => e.Key, e => (object?)e.Value, StringComparer.Ordinal)), run.Path);
            log("INFO", $"comparing run {run.Id} file {file} to {other}");
            if (Compare(path, other, log) is { } problem)
            {
                return problem;
            }
        }

        if (check.Contains is not { } pattern)
        {
            return null;
        }

        log("INFO", $"checking run {run.Id} file {file} for {Quote(pattern)}");
        return Read(path) is { } text && Finds(pattern, text) ? null : $"could not find pattern {Quote(pattern)} in run {run.Id} file {file}";
    }

    private static string? Compare(string actual, string expected, Action<string, string> log)
    {
        if (Read(expected) is not { } before)
        {
            return $"error reading run output from {expected}";
        }

        if (Read(actual) is not { } after)
        {
            return $"error reading run output from {actual}";
        }

        var difference = LineDifference.Unified(Lines(before), Lines(after), expected, actual).ToList();
        if (difference.Count == 0)
        {
            return null;
        }

        log("ERROR", string.Join('\n', difference));
        return SeeAbove;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    // A glob of Python: a star does not go over folders, and hidden files are asked for by a dot.
    private static List<string> Files(string pattern, RunDirectory run)
    {
        var parts = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string> { "" };
        foreach (var part in parts)
        {
            found = [.. found.SelectMany(folder => Step(run.Path, folder, part))];
        }

        return [.. found.Where(path => path.Length > 0).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Step(string root, string folder, string part)
    {
        if (part.AsSpan().IndexOfAny('*', '?', '[') < 0)
        {
            var path = folder.Length == 0 ? part : $"{folder}/{part}";
            return Path.Exists(Path.Join(root, path)) ? [path] : [];
        }

        var full = Path.Join(root, folder);
        var glob = Glob.Parse(part);
        return !Directory.Exists(full)
            ? []
            : Directory.EnumerateFileSystemEntries(full)
                .Select(entry => Path.GetFileName(entry))
                .Where(name => glob.Matches(name) && (part[0] == '.' || name[0] != '.'))
                .Select(name => folder.Length == 0 ? name : $"{folder}/{name}");
    }

    private static bool Finds(string pattern, string text)
    {
        try
        {
            return PythonRegex.Translate(pattern).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
