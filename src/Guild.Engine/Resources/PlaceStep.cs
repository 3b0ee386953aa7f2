using Guild.Engine.Runs;

namespace Guild.Engine.Resources;

/// <summary>Puts an input into the run directory, as a link or a copy.</summary>
internal sealed class PlaceStep
{
    private readonly RunDirectory _run;
    private readonly string _home;
    private readonly Lazy<string> _realHome;
    private readonly Dictionary<string, string> _realFolders = new(StringComparer.Ordinal);

    public PlaceStep(RunDirectory run, GuildHome home)
    {
        _run = run;
        _home = home.Path;
        _realHome = new Lazy<string>(() => RealPath.Of(_home));
    }

    /// <summary>What came of it.</summary>
    /// <param name="Kind">How the input was placed, or null if something was there already.</param>
    /// <param name="Warning">What the user should hear, or null.</param>
    public readonly record struct Outcome(PlacementKind? Kind, string? Warning);

    /// <summary>Places an input. Raises <see cref="ResourceException"/> if that cannot be done.</summary>
    /// <param name="request">The source that it belongs to.</param>
    /// <param name="input">The input.</param>
    /// <param name="destination">The path in the run directory that <see cref="RenameStep"/> gave.</param>
    /// <param name="fingerprint">What it was when it was read.</param>
    /// <param name="cancellation">Ends a long copy between two files.</param>
    public Outcome Run(SourceRequest request, SelectedInput input, string destination, Fingerprint fingerprint, CancellationToken cancellation)
    {
        var kind = KindFor(request);
        var target = Path.Join(_run.Path, destination);
        RequireRealFolders(request, destination);
        try
        {
            if (IsThere(target))
            {
                if (IsLinkTo(target, input.FullPath))
                {
                    return new Outcome(kind, null);
                }

                if (!request.Source.ReplacesExisting)
                {
                    return new Outcome(null, $"'{destination}' is in the run already, so {request.Name} does not take its place.");
                }

                Remove(target);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (kind == PlacementKind.Link)
            {
                return new Outcome(Link(input.FullPath, target, cancellation), null);
            }

            Copying.Copy(input.FullPath, target, cancellation);
            RequireUnchanged(request, input, fingerprint, cancellation);
            return new Outcome(PlacementKind.Copy, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var verb = kind == PlacementKind.Link ? "linked" : "copied";
            throw request.Fail($"'{input.FullPath}' could not be {verb} to '{destination}' in the run: {error.Message}", inner: error);
        }
    }

    /// <summary>Whether a source is linked or copied. Raises <see cref="ResourceException"/> for a word that is neither.</summary>
    public static PlacementKind KindFor(SourceRequest request) =>
        (request.Source.TargetType ?? request.Resource.Definition.TargetType ?? request.Resource.DefaultTargetType ?? "link") switch
        {
            "link" => PlacementKind.Link,
            "copy" => PlacementKind.Copy,
            var other => throw request.Fail(
                $"its target type '{other}' is unknown; expected 'link' or 'copy'.", "Correct 'target-type' in the Guild file."),
        };

    // What is put below a linked folder would be written into the folder that the link leads to.
    private void RequireRealFolders(SourceRequest request, string destination)
    {
        for (var end = destination.IndexOf('/'); end > 0; end = destination.IndexOf('/', end + 1))
        {
            var folder = new DirectoryInfo(Path.Join(_run.Path, destination[..end]));
            if (folder.Exists && folder.LinkTarget is not null)
            {
                throw request.Fail(
                    $"its target '{destination}' lies in '{destination[..end]}', which is a link out of the run directory.",
                    $"Give 'target-type: copy' to what is linked as '{destination[..end]}', or another 'target-path' to this source.");
            }
        }
    }

    // The record gives the copy the hash of what was read before it.
    private static void RequireUnchanged(SourceRequest request, SelectedInput input, Fingerprint fingerprint, CancellationToken cancellation)
    {
        if (InputState.Of(input.FullPath, cancellation) != InputState.Of(fingerprint))
        {
            throw request.Fail($"'{input.FullPath}' was changed while it was copied.", "Wait until whatever writes it has ended, and run the operation again.");
        }
    }

    private PlacementKind Link(string source, string target, CancellationToken cancellation)
    {
        // A home that is moved as a whole keeps the links inside it; what lies outside stays where it is.
        // The system reads the text from where the link really is, which may be on another disk.
        var from = RealFolderOf(target);
        var text = RealPath.IsWithin(from, _realHome.Value) && InRealHome(source) is { } to ? Path.GetRelativePath(from, to) : source;
        var isDirectory = Directory.Exists(source);
        try
        {
            _ = isDirectory ? Directory.CreateSymbolicLink(target, text) : File.CreateSymbolicLink(target, text);
            return PlacementKind.Link;
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            // Symbolic links need a right on Windows that few users have.
            if (WindowsLinks.TryCreate(source, target))
            {
                return PlacementKind.Link;
            }

            Copying.Copy(source, target, cancellation);
            return PlacementKind.Copy;
        }
    }

    private string? InRealHome(string path) =>
        RealPath.IsWithin(path, _home) ? Path.Join(_realHome.Value, Path.GetRelativePath(_home, path))
        : RealPath.IsWithin(path, _realHome.Value) ? path
        : null;

    private string RealFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return _realFolders.TryGetValue(folder, out var real) ? real : _realFolders[folder] = RealPath.Of(folder);
    }

    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsLinkTo(string path, string source) =>
        new FileInfo(path).LinkTarget is { } text
        && (string.Equals(Path.GetFullPath(text, Path.GetDirectoryName(path)!), source, StringComparison.Ordinal)
            || string.Equals(RealPath.Of(path), RealPath.Of(source), StringComparison.Ordinal));

    private static void Remove(string path)
    {
        if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
