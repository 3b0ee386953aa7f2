using System.Globalization;

namespace Guild.Bench;

/// <summary>How good the optimizers are, and what a suggestion costs.</summary>
internal static class Optimizers
{
    private const int Seeds = 20;
    private const int Trials = 60;
    private const int Suggestions = 1_000;

    internal static IEnumerable<Comparison> Comparisons()
    {
        foreach (SearchProblem problem in SearchProblem.All)
        {
            yield return new Comparison(
                $"optimizers: {Trials} trials of {problem.Name} by gp : random",
                () => problem.Search("random", 1, Trials),
                () => problem.Search("gp", 1, Trials),
                Rounds: 7);
        }

        yield return new Comparison(
            $"optimizers: {Suggestions} trials of 4 flags by tpe : random",
            () => SearchProblem.All[^1].Search("random", 1, Suggestions),
            () => SearchProblem.All[^1].Search("tpe", 1, Suggestions),
            Rounds: 5);
    }

    /// <summary>Writes the median regret of each optimizer beside that of the field; a ratio below 1 is better than the field.</summary>
    internal static void WriteQuality(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"{$"median regret, {Seeds} seeds, {Trials} trials",-40} {"field",12} {"ours",12} {"ratio",8}");
        foreach (SearchProblem problem in SearchProblem.All)
        {
            foreach (string name in (string[])["random", "tpe", "gp"])
            {
                double[] regrets = [.. Enumerable.Range(0, Seeds).Select(seed => problem.Search(name, seed, Trials)).Order()];
                double median = (regrets[(Seeds / 2) - 1] + regrets[Seeds / 2]) / 2;
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{$"optimizers: {problem.Name} by {name}",-40} {problem.Field[name],12:G3} {median,12:G3} {median / problem.Field[name],8:G2}"));
            }
        }
    }
}
