using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>What became of an input since a run took it.</summary>
public enum InputChange
{
    /// <summary>It is not there any more, or cannot be read.</summary>
    Missing,

    /// <summary>It has other content.</summary>
    Content,
}

/// <summary>Which inputs of a run are looked at.</summary>
public enum InputScope
{
    /// <summary>Those that are linked: a change of them changes what the run reads.</summary>
    Linked,

    /// <summary>Those that are copied too: is what they were copied from as it was?</summary>
    All,
}

/// <summary>An input that is not as it was when the run took it.</summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Source">The name of the source.</param>
/// <param name="Path">The path in the run directory.</param>
/// <param name="Change">What became of it.</param>
public sealed record ChangedInput(string Resource, string Source, string Path, InputChange Change);

/// <summary>Tells whether the inputs of a run are as they were when it took them.</summary>
public static class InputCheck
{
    /// <summary>
    /// The inputs that changed, by the run's attribute <c>deps</c>. Content is read only where size or time differ. Records of other
    /// tools, which have no hashes, count as unchanged.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="scope">Which inputs are looked at.</param>
    /// <param name="cancellation">Ends the look at once.</param>
    public static IReadOnlyList<ChangedInput> FindChanged(RunDirectory run, InputScope scope, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var reader = new FingerprintReader(new FingerprintCache(), NullEventSink.Instance, "Checking inputs", cancellation);
        return
        [
            .. from found in DependencyRecord.Read(run.ReadAttribute("deps"))
               where scope == InputScope.All || found.Input.Placement == PlacementKind.Link
               let change = Compare(run, found.Input, reader, cancellation)
               where change is not null
               select new ChangedInput(found.Resource, found.Source, found.Input.Path, change.Value),
        ];
    }

    private static InputChange? Compare(RunDirectory run, DependencyRecord.Input input, FingerprintReader reader, CancellationToken cancellation)
    {
        // The link itself is asked where there is one, so that a run that was moved with its home is still understood.
        var link = Path.Join(run.Path, input.Path);
        var path = input.Placement == PlacementKind.Link && new FileInfo(link).LinkTarget is not null ? link : input.Source;
        try
        {
            return IsSame(path, input, cancellation) || reader.Read(path).Sha256 == input.Sha256 ? null : InputChange.Content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return InputChange.Missing;
        }
    }

    private static bool IsSame(string path, DependencyRecord.Input input, CancellationToken cancellation)
    {
        if (input.Kind == InputKind.File)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.GetLength(file) == input.Size && FileTime.Microseconds(File.GetLastWriteTimeUtc(file)) == input.Time;
        }

        var (size, count, time) = (0L, 0L, 0L);
        foreach (var entry in Tree.Entries(path, TreeLinks.AreKept, cancellation).Where(entry => !entry.IsDirectory || entry.IsLink))
        {
            var file = new FileInfo(Path.Join(path, entry.Path));
            if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            {
                file = target;
            }

            (size, time) = file.Exists ? (size + file.Length, Math.Max(time, FileTime.Microseconds(file.LastWriteTimeUtc))) : (size, time);
            count++;
        }

        return (size, count, time) == (input.Size, input.Count, input.Time);
    }
}
