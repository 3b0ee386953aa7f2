using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>How much is read of an input that changed.</summary>
internal enum LookDepth
{
    /// <summary>As much as it takes to see that it changed.</summary>
    Change,

    /// <summary>All of it, to tell its hash.</summary>
    Full,
}

/// <summary>Compares inputs with what a run recorded of them.</summary>
internal sealed class InputLook(FingerprintReader reader, LookDepth depth, CancellationToken cancellation)
{
    /// <summary>What became of an input, or null if it is as it was.</summary>
    public InputFinding? Compare(RunDirectory run, string resource, string source, DependencyRecord.Input input)
    {
        // The link itself is asked where there is one, so that a run that was moved with its home is still understood.
        var link = Path.Join(run.Path, input.Path);
        var path = input.Placement == PlacementKind.Link && new FileInfo(link).LinkTarget is not null ? link : input.Source;
        var finding = new InputFinding(resource, source, input.Path, input.Source, InputChange.Missing) { Recorded = input.Fingerprint };
        try
        {
            var (size, count, time) = Measure(path, input.Kind);
            if ((size, count, time) == (input.Size, input.Count, input.Time))
            {
                return null;
            }

            if (size != input.Size && depth == LookDepth.Change)
            {
                return finding with { Change = InputChange.Size };
            }

            var present = reader.Read(path);
            var change = size != input.Size ? InputChange.Size : present.Sha256 != input.Sha256 ? InputChange.Content : InputChange.Time;
            return finding with { Change = change, Present = present };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return finding;
        }
    }

    private (long Size, long Count, long Time) Measure(string path, InputKind kind)
    {
        if (kind == InputKind.File)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return (RandomAccess.GetLength(file), 1, FileTime.Microseconds(File.GetLastWriteTimeUtc(file)));
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

        return (size, count, time);
    }
}
