using Guild.Engine.Yaml;

namespace Guild.Engine.GuildFiles;

/// <summary>Bounds what a file may grow to when its parts are repeated by reference, so that a small hostile file stays small.</summary>
internal sealed class ExpansionBudget(Findings findings)
{
    /// <summary>How deep references may lead to references.</summary>
    public const int Depth = 100;

    private long _left = 2L * YamlLimits.Default.Nodes;

    /// <summary>True if the node may be used. The first that may not is reported.</summary>
    public bool TrySpend(YamlNode node)
    {
        if (_left < 0)
        {
            return false;
        }

        _left -= node.Size;
        if (_left >= 0)
        {
            return true;
        }

        findings.Error(DiagnosticIds.TooLarge, node.Start, "The file is too large when everything that it repeats by reference is written out.");
        return false;
    }
}
