using Guild.Bench;

if (BuiltFiles.Configuration != "Release")
{
    Console.Error.WriteLine("Measure what is shipped: dotnet run -c Release --project bench/Guild.Bench");
    return 2;
}

Comparison[] comparisons =
[
    .. Runs.Comparisons(), .. RunLists.Comparisons(), .. Sources.Comparisons(), .. Definitions.Comparisons(), .. Outputs.Comparisons(), .. Inputs.Comparisons(), .. StartUp.Comparisons(), .. Pipelines.Comparisons(), .. Trials.Comparisons(), .. StagedTrials.Comparisons(), .. Optimizers.Comparisons(),
];
string filter = args.Length > 0 ? args[0] : "";
try
{
    Table.Write(Console.Out, comparisons.Where(comparison => comparison.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)));
    if ("optimizers".Contains(filter, StringComparison.OrdinalIgnoreCase))
    {
        Optimizers.WriteQuality(Console.Out);
    }
}
finally
{
    Scratch.Remove();
}

return 0;
