using System.Globalization;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs.Comparing;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.Engine.Text;
using Guild.Engine.Yaml;
using Guild.PowerShell.Classic;

namespace Guild.PowerShell.ClassicActions;

/// <summary><c>guild runs info</c>.</summary>
internal static class RunInfo
{
    public static int Do(RunInfoCommand command, ClassicSession session)
    {
        var run = RunSelector.One(command.Selection, session);
        var entries = Entries(run, command, session).ToList();
        if (command.IsJson)
        {
            session.Print(JsonLiteral.Write(entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)));
        }
        else
        {
            session.Print(entries.SelectMany(e => Lines(e.Key, e.Value)));
        }

        return ClassicExit.Success;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Entries(Run run, RunInfoCommand command, ClassicSession session)
    {
        var row = RunRows.Of(run, 1, session);
        foreach (var detail in RunListText.Details(row))
        {
            yield return new(detail.Key, command.IsJson && NumberOf(detail.Key, row) is { } number ? number : detail.Value);
        }

        if (command.ShowsPrivate)
        {
            yield return new("opref", run.OpRef.ToString());
            yield return new("op", run.Directory.ReadAttribute("op"));
        }

        yield return new("tags", run.Tags.Cast<object?>().ToList());
        yield return new("flags", run.Flags);
        if (run.IsBatch)
        {
            yield return new("proto-flags", run.ProtoFlags);
        }

        // In the order of the run: its own come first, then those of its steps.
        yield return new("scalars", new OrderedDictionary<string, object?>(Scalars(run, command).Select(s => KeyValuePair.Create(s.Name, ScalarOf(s, command))), StringComparer.Ordinal));
        if (run.Directory.ReadAttribute("opdef_attrs") is IReadOnlyDictionary<string, object?> { Count: > 0 } attributes)
        {
            yield return new("attributes", attributes);
        }

        if (command.ShowsComments)
        {
            yield return new("comments", run.Comments.Select(CommentOf).ToList());
        }

        if (command.ShowsEnvironment)
        {
            yield return new("environment", run.Directory.ReadAttribute("env") ?? Map([]));
        }

        if (command.ShowsManifest)
        {
            yield return new("manifest", ManifestOf(run));
        }

        if (command.ShowsDependencies)
        {
            yield return new("dependencies", run.Directory.ReadAttribute("deps") ?? Map([]));
        }

        if (command.ShowsPlugins)
        {
            yield return new("plugins", run.Directory.ReadAttribute("plugins") ?? new List<object?>());
        }
    }

    private static IEnumerable<ScalarSummary> Scalars(Run run, RunInfoCommand command) =>
        run.Scalars.Values.Where(s => command.ShowsAllScalars || !ScalarSummary.IsOfSystem(s.Tag));

    private static object? ScalarOf(ScalarSummary scalar, RunInfoCommand command) => !command.ShowsAllScalars
        ? ValueOf(scalar.Last, scalar.LastStep, command)
        : Map(
        [
            new("first", ValueOf(scalar.First, scalar.FirstStep, command)),
            new("last", ValueOf(scalar.Last, scalar.LastStep, command)),
            new("min", ValueOf(scalar.Minimum, scalar.MinimumStep, command)),
            new("max", ValueOf(scalar.Maximum, scalar.MaximumStep, command)),
            new("avg", ValueOf(scalar.Average, scalar.Count, command)),
            new("total", ValueOf(scalar.Total, scalar.Count, command)),
        ]);

    private static long? NumberOf(string name, RunListRow row) => name switch
    {
        "exit_status" => row.ExitStatus,
        "pid" => row.ProcessId,
        _ => null,
    };

    // Guild AI keeps no NaN in its index, so its JSON has null for one.
    private static object ValueOf(double value, long step, RunInfoCommand command) => command.IsJson
        ? new List<object?> { double.IsNaN(value) ? null : value, step }
        : string.Create(CultureInfo.InvariantCulture, $"{NumberText(value)} (step {step})");

    private static string NumberText(double value) => double.IsFinite(value) ? value.ToString("F6", CultureInfo.InvariantCulture) : PythonText.Float(value);

    private static object? CommentOf(RunComment comment) => Map(
    [
        new("user", comment.User),
        new("host", comment.Host),
        new("time", comment.Time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? ""),
        new("body", comment.Body.Trim()),
    ]);

    private static SortedDictionary<string, object?> ManifestOf(Run run)
    {
        var entries = Manifest.Read(run.Directory.ManifestPath);
        return Map(
        [
            .. Of(ManifestKind.Dependency, "dependencies"),
            .. Of(ManifestKind.SourceCode, "sourcecode"),
        ]);

        IEnumerable<KeyValuePair<string, object?>> Of(ManifestKind kind, string name)
        {
            var paths = entries.Where(e => e.Kind == kind).Select(e => e.Destination).Order(StringComparer.Ordinal).Cast<object?>().ToList();
            return paths.Count == 0 ? [] : [new(name, paths)];
        }
    }

    private static SortedDictionary<string, object?> Map(IEnumerable<KeyValuePair<string, object?>> entries) =>
        new(entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string name, object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map when name == "scalars" => map.SelectMany(EntryLines).Prepend($"{name}:"),
        IReadOnlyDictionary<string, object?> map => map.OrderBy(e => e.Key, NaturalOrder.Instance).SelectMany(EntryLines).Prepend($"{name}:"),
        IReadOnlyList<object?> list => list.SelectMany(ItemLines).Prepend($"{name}:"),
        _ => [$"{name}: {value}"],
    };

    private static IEnumerable<string> EntryLines(KeyValuePair<string, object?> entry) => entry.Value switch
    {
        IReadOnlyList<object?> list => list.Select(item => $"    - {FlagGrammar.Encode(item)}").Prepend($"  {entry.Key}:"),
        IReadOnlyDictionary<string, object?> map => TextLines(YamlText.Write(map)).Select(line => $"    {line}").Prepend($"  {entry.Key}:"),
        _ => [$"  {entry.Key}: {FlagGrammar.Encode(entry.Value)}"],
    };

    private static IEnumerable<string> ItemLines(object? item)
    {
        if (item is not IReadOnlyDictionary<string, object?> map)
        {
            return [$"  - {FlagGrammar.Encode(item)}"];
        }

        return map.SelectMany(e => e.Value is string text && text.Contains('\n', StringComparison.Ordinal)
            ? TextLines(text).Select(line => $"      {line}").Prepend($"    {e.Key}: |")
            : [$"    {e.Key}: {Unquoted(FlagGrammar.Encode(e.Value))}"]).Prepend("  -");
    }

    // Guild AI shows what stands in comments without quotes, and an unknown user as nothing.
    private static string Unquoted(string text) => text is ['\'', .. var inner, '\''] ? inner : text;

    private static string[] TextLines(string text) => text.TrimEnd('\n').Split('\n');
}
