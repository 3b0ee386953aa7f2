using System.Management.Automation;
using Guild.Engine;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;

namespace Guild.PowerShell.Commands;

/// <summary>
/// The base of cmdlets that get something of runs by its name. The first word says which runs, the second what of them; where the runs come by the pipeline, the first word says what of them.
/// </summary>
public abstract class RunPartCommand : RunCommand
{
    /// <summary>
    /// Runs by id, the first digits of an id, or position from 1 for the newest; <c>2:4</c> for a range of positions; wildcards are allowed. Where runs come by the pipeline, the word that stands here is a name.
    /// </summary>
    // PowerShell binds what stands in the command before it looks at the pipeline, so the word has to have a place in both sets.
    [Parameter(Position = 0, ParameterSetName = IdSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = InputObjectSet, DontShow = true)]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Id { get; set; }

    /// <summary>Runs as Get-GuildRun gives them.</summary>
    // Its set is the default one, so that a run comes as the object that it is: of a run in another place, the id alone would name one of the home. Hence ids that stand in the command are in
    // this set too, and it cannot be mandatory.
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [RunReferences]
    [ValidateNotNull]
    public override GuildRun[]? InputObject { get; set; }

    /// <summary>What of the runs is meant.</summary>
    public abstract string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is { } runs)
        {
            TakeWordsAsNames();
            if (RunReferencesAttribute.FaultOf(runs) is var (reference, fault))
            {
                WriteError(ErrorRecords.Of(fault, reference));
            }
        }
        else if (Id is null)
        {
            throw new RequestException("No runs are given.", Name, $"Pipe them in from Get-GuildRun, or give their ids or places, as in {MyInvocation.MyCommand.Name} 1.");
        }

        base.Process();
    }

    private void TakeWordsAsNames()
    {
        if (Id is not { } words)
        {
            return;
        }

        Name = Name is null
            ? words
            : throw new RequestException(
                $"The runs come by the pipeline, so '{words[0]}' names none: it stands where names stand, and -Name has '{Name[0]}' already.", words[0], $"Give names as a list: {string.Join(", ", words.Concat(Name))}");
        Id = null;
    }
}
