using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.Drafts;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>Writes a Guild file with an operation for each script of a folder.</summary>
[Cmdlet(VerbsCommon.New, "GuildFile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class NewGuildFileCommand : PipedPathCommand
{
    /// <summary>The name of the model; that of the folder if left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Replaces a Guild file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override GuildException NotFound(string path) =>
        new RequestException($"There is no folder '{path}'.", path, "Make the folder first, or name one that is there.");

    /// <inheritdoc/>
    private protected override void ProcessPath(string directory)
    {
        var existing = Force ? ExistingGuildFile.Replaced : ExistingGuildFile.Kept;
        var path = GuildFileDrafting.PathFor(directory, existing);
        if (!ShouldProcess(path, File.Exists(path) ? "Replace Guild file" : "Create Guild file"))
        {
            return;
        }

        // To read flags can run scripts up to where they read their arguments, which -WhatIf does not do.
        var context = EngineContext;
        var draft = EngineCall.Run(this, null, events => GuildFileDrafting.Of(directory, Name, existing, context, events, StopToken), StopToken);
        StopToken.ThrowIfCancellationRequested();
        draft.Write(existing);
        foreach (var operation in draft.Operations)
        {
            WriteVerbose($"Operation '{draft.ModelName}:{operation.Name}' runs '{operation.FileName}'.");
            if (operation.Reading.Problem is { } problem)
            {
                WriteWarning($"The flags of '{operation.FileName}' could not be read: {problem.TrimEnd('.')}. The operation is in the file all the same.");
            }
        }

        if (draft.Operations.Count == 0)
        {
            WriteWarning($"'{directory}' has no script that looks as if it were made to be run. The Guild file has an example in comments.");
        }

        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }
}
