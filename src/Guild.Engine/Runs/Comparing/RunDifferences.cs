using System.Globalization;
using Guild.Engine.Resources;

namespace Guild.Engine.Runs.Comparing;

/// <summary>Finds in what two runs differ. What differs between any two runs, as their ids and times do, is not told.</summary>
public static class RunDifferences
{
    private const string Packages = "pip_freeze";

    // Those that have a kind of their own, those that differ always, and those that say the same once more in Guild AI's own terms.
    private static readonly HashSet<string> NotTold = new(StringComparer.Ordinal)
    {
        "id", "initialized", "started", "stopped", "flags", "user_flags", "secret_flags", "env", "deps", "op", "run_params", "opref", "sourcecode_digest", Packages,
    };

    /// <summary>The differences, kind by kind, and by name within each.</summary>
    /// <param name="before">The first run.</param>
    /// <param name="after">The second run, which what is added or removed is said of.</param>
    public static IEnumerable<RunDifference> Between(Run before, Run after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Maps(DifferenceKind.Flag, before.Flags, after.Flags)
            .Concat(Maps(DifferenceKind.Scalar, Boxed(before.LastValues), Boxed(after.LastValues)))
            .Concat(Attributes(before, after))
            .Concat(Files(DifferenceKind.SourceCode, SourceCode(before), SourceCode(after)))
            .Concat(Files(DifferenceKind.Dependency, Dependencies(before), Dependencies(after)))
            .Concat(Output(before.Directory, after.Directory));
    }

    private static IEnumerable<RunDifference> Attributes(Run before, Run after)
    {
        foreach (var difference in Maps(DifferenceKind.Environment, Map(before, "env"), Map(after, "env")).Where(d => IsTold(d, before, after)))
        {
            yield return difference;
        }

        foreach (var name in before.Directory.AttributeNames.Union(after.Directory.AttributeNames, StringComparer.Ordinal).Where(name => !NotTold.Contains(name)).Order(StringComparer.Ordinal))
        {
            var (one, other) = (before.Directory.ReadAttribute(name), after.Directory.ReadAttribute(name));
            if (ValueEquality.AreEqual(WithoutRun(one, before), WithoutRun(other, after)))
            {
                continue;
            }

            // Of a mapping, such as that of the platform, only what differs in it.
            if (one is IReadOnlyDictionary<string, object?> map && other is IReadOnlyDictionary<string, object?> otherMap)
            {
                foreach (var difference in Maps(DifferenceKind.Attribute, map, otherMap))
                {
                    yield return difference with { Name = $"{name}.{difference.Name}" };
                }
            }
            else
            {
                yield return new RunDifference(DifferenceKind.Attribute, name, ChangeOf(one, other), one, other);
            }
        }

        foreach (var difference in Maps(DifferenceKind.Package, PackagesOf(before), PackagesOf(after)))
        {
            yield return difference;
        }
    }

    private static bool IsTold(RunDifference difference, Run before, Run after) =>
        difference.Change != DifferenceChange.Changed || !ValueEquality.AreEqual(WithoutRun(difference.Before, before), WithoutRun(difference.After, after));

    // The run's own folder and id stand in commands and in the environment, and are no difference.
    private static object? WithoutRun(object? value, Run run) => value switch
    {
        string text => text.Replace(run.Directory.Path, "", StringComparison.Ordinal).Replace(run.Id, "", StringComparison.Ordinal),
        IReadOnlyList<object?> list => list.Select(item => WithoutRun(item, run)).ToList(),
        _ => value,
    };

    private static DifferenceChange ChangeOf(object? one, object? other) =>
        one is null ? DifferenceChange.Added : other is null ? DifferenceChange.Removed : DifferenceChange.Changed;

    private static IEnumerable<RunDifference> Maps(DifferenceKind kind, IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after)
    {
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(NaturalOrder.Instance))
        {
            var (was, has) = (before.TryGetValue(name, out var one), after.TryGetValue(name, out var other));
            if (was != has || !ValueEquality.AreEqual(one, other))
            {
                yield return new RunDifference(kind, name, !was ? DifferenceChange.Added : !has ? DifferenceChange.Removed : DifferenceChange.Changed, one, other);
            }
        }
    }

    private static Dictionary<string, object?> Boxed(IReadOnlyDictionary<string, double> values)
    {
        var boxed = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            boxed[name] = value;
        }

        return boxed;
    }

    private static IReadOnlyDictionary<string, object?> Map(Run run, string attribute) =>
        run.Directory.ReadAttribute(attribute) as IReadOnlyDictionary<string, object?> ?? RunDetails.NoValues;

    // 'numpy==2.0.0' is one version of a package; what has no version, as 'pkg @ file:...', is all of it the name.
    private static Dictionary<string, object?> PackagesOf(Run run)
    {
        var packages = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in (run.Directory.ReadAttribute(Packages) as IReadOnlyList<object?> ?? []).OfType<string>())
        {
            var mark = item.IndexOf("==", StringComparison.Ordinal);
            packages[mark < 0 ? item : item[..mark]] = mark < 0 ? null : item[(mark + 2)..];
        }

        return packages;
    }

    private static Dictionary<string, ComparedFile> SourceCode(Run run)
    {
        var files = new Dictionary<string, ComparedFile>(StringComparer.Ordinal);
        foreach (var entry in Manifest.Read(run.Directory.ManifestPath).Where(entry => entry.Kind == ManifestKind.SourceCode))
        {
            files[entry.Destination] = new ComparedFile(run, entry.Sha1, null);
        }

        return files;
    }

    private static Dictionary<string, ComparedFile> Dependencies(Run run)
    {
        var files = new Dictionary<string, ComparedFile>(StringComparer.Ordinal);
        foreach (var entry in Manifest.Read(run.Directory.ManifestPath).Where(entry => entry.Kind == ManifestKind.Dependency))
        {
            files[entry.Destination] = new ComparedFile(run, entry.Sha1, null);
        }

        foreach (var (_, _, input) in DependencyRecord.Read(run.Directory.ReadAttribute("deps")))
        {
            files[input.Path] = (files.GetValueOrDefault(input.Path) ?? new ComparedFile(run, null, null)) with { Sha256 = input.Sha256 };
        }

        return files;
    }

    private static IEnumerable<RunDifference> Files(DifferenceKind kind, Dictionary<string, ComparedFile> before, Dictionary<string, ComparedFile> after)
    {
        foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (one, other) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (one is null || other is null || !HaveSameContent(one, other, path))
            {
                var change = one is null ? DifferenceChange.Added : other is null ? DifferenceChange.Removed : DifferenceChange.Changed;
                var isBySha1 = (one ?? other)!.Sha1 is not null && (other ?? one)!.Sha1 is not null;
                yield return new RunDifference(kind, path, change, isBySha1 ? one?.Sha1 : one?.Sha256, isBySha1 ? other?.Sha1 : other?.Sha256);
            }
        }
    }

    // Large inputs have no SHA-1, and those of Guild AI no SHA-256: then the files tell.
    private static bool HaveSameContent(ComparedFile one, ComparedFile other, string path)
    {
        if (one.Sha1 is not null && other.Sha1 is not null)
        {
            return one.Sha1 == other.Sha1;
        }

        return one.Sha256 is not null && other.Sha256 is not null
            ? one.Sha256 == other.Sha256
            : FileContent.AreEqual(Path.Join(one.Run.Directory.Path, path), Path.Join(other.Run.Directory.Path, path));
    }

    private static IEnumerable<RunDifference> Output(RunDirectory before, RunDirectory after)
    {
        using var one = OutputReader.Read(before).GetEnumerator();
        using var other = OutputReader.Read(after).GetEnumerator();
        for (var number = 1L; ; number++)
        {
            var (was, has) = (one.MoveNext(), other.MoveNext());
            if (!was && !has)
            {
                yield break;
            }

            var (text, otherText) = (was ? one.Current.Text : null, has ? other.Current.Text : null);
            if (text != otherText)
            {
                yield return new RunDifference(DifferenceKind.Output, number.ToString(CultureInfo.InvariantCulture), ChangeOf(text, otherText), text, otherText);
                yield break;
            }
        }
    }

    private sealed record ComparedFile(Run Run, string? Sha1, string? Sha256);
}
