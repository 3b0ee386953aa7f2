using System.Management.Automation;
using Guild.Engine.GuildFiles;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Tells whether Guild files can be used, and all that is wrong with them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GuildFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool), typeof(GuildFileFinding))]
public sealed class TestGuildFileCommand : PathCommand
{
    /// <summary>Guild files, or folders that have one; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NotFrom(typeof(FileSystemInfo), typeof(PSCustomObject))]
    [Alias("ProjectPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Guild files, or folders that have one, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Gives the findings as objects, instead of true or false with errors and warnings.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => ForPaths(Path, LiteralPath, Check);

    private void Check(string path)
    {
        var result = GuildFileReader.Read(path, Session.Packages);
        var findings = result.Diagnostics.Select(d => new GuildFileFinding(path, d));
        if (PassThru)
        {
            WriteObject(findings, enumerateCollection: true);
            return;
        }

        foreach (var finding in findings)
        {
            if (finding.IsError)
            {
                WriteError(ErrorRecords.InvalidGuildFile(finding));
            }
            else
            {
                WriteWarning($"{finding} ({finding.Id})");
            }
        }

        WriteObject(result.File is not null);
    }
}
