using System.Management.Automation;

namespace Guild.PowerShell.Commands;

/// <summary>The base of cmdlets that take the paths of folders or Guild files from the pipeline too.</summary>
public abstract class PipedPathCommand : PathCommand
{
    /// <summary>Folders, or Guild files; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [Alias("ProjectPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Folders, or Guild files, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Does the work for one path.</summary>
    private protected abstract void ProcessPath(string path);

    /// <inheritdoc/>
    protected sealed override void Process() => ForPaths(Path, LiteralPath, ProcessPath);
}
