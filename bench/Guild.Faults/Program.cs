using System.Globalization;
using Guild.Faults;

int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.TickCount;
Console.WriteLine($"seed {seed}");
string filter = args.Length > 0 ? args[0] : "";
int problems = 0;
if ("crowd".Contains(filter, StringComparison.Ordinal))
{
    problems += await Crowds.Run(seed);
}

if ("kill".Contains(filter, StringComparison.Ordinal))
{
    problems += await Kills.Run(seed);
}

if ("search".Contains(filter, StringComparison.Ordinal))
{
    problems += await Searches.Run(seed);
}

Console.WriteLine($"{problems} problem(s)");
return problems == 0 ? 0 : 1;
