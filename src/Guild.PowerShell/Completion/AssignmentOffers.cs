using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for a word <c>NAME=VALUE</c>: flags of an operation and resources that it requires.</summary>
/// <param name="Project">The project.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Runs">The runs of the home.</param>
internal sealed record AssignmentOffers(Project Project, OperationDefinition Operation, RunStore Runs)
{
    /// <summary>Names, and behind a name with its equals sign the values.</summary>
    /// <param name="typed">What was typed, without quotes.</param>
    /// <param name="given">The words that are there already.</param>
    public IEnumerable<Offer> Of(string typed, IEnumerable<string> given)
    {
        var equals = typed.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? Values(typed[..equals], typed[(equals + 1)..]).Select(value => value with { Word = typed[..(equals + 1)] + value.Word, Shown = value.Shown ?? value.Word })
            : Names([.. given.Select(word => word.Split('=', 2)[0])]);
    }

    /// <summary>The values of a flag or resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="typed">What was typed of the value.</param>
    public IEnumerable<Offer> Values(string name, string typed)
    {
        var flag = Operation.Flags.FirstOrDefault(f => f.Name == name || f.Alias == name);
        if (flag is null)
        {
            var runs = DependencyRuns.Of(Project, Operation, name, ResourceWords.DefaultsOf(Operation), Runs).ToList();
            return RunOffers.ById(runs.Where(r => r.Status == RunStatus.Completed).Concat(runs.Where(r => r.Status != RunStatus.Completed)), typed)
                .Concat(ResourceWords.NamesOf(Project, Operation).Contains(name) ? FileOffers.Of(typed) : []);
        }

        return FlagWords.TextsOf(flag).Concat(flag.Type is FlagType.Path or FlagType.ExistingPath ? FileOffers.Of(typed) : []);
    }

    private IEnumerable<Offer> Names(HashSet<string> given) => Operation.Flags
        .Where(f => !given.Contains(f.Name) && (f.Alias is null || !given.Contains(f.Alias)))
        .Select(f => new Offer(f.Name + "=", FlagWords.TipOf(Operation, f)))
        .Concat(ResourceWords.NamesOf(Project, Operation)
            .Where(name => !given.Contains(name) && Operation.Flags.All(f => f.Name != name))
            .Select(name => new Offer(name + "=", $"Resource {name}.")));
}
