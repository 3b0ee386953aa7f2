using System.Management.Automation;
using Guild.Engine.GuildFiles;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Tells whether Guild files can be used, and all that is wrong with them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GuildFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool), typeof(GuildFileFinding))]
public sealed class TestGuildFileCommand : PipedPathCommand
{
    /// <summary>Gives the findings as objects, instead of true or false with errors and warnings.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessPath(string path)
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
