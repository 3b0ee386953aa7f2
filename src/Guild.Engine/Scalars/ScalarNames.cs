using System.Text;

namespace Guild.Engine.Scalars;

/// <summary>
/// The names of scalars as text. A program prints few names again and again, so the latest ones are kept. There are never more than the
/// places for them, whatever is printed. One thread at a time.
/// </summary>
internal sealed class ScalarNames
{
    private const int Places = 128;

    private string?[]? _names;

    /// <summary>The text of a name.</summary>
    /// <param name="name">The name: plain ASCII, and not empty.</param>
    public string Of(ReadOnlySpan<byte> name)
    {
        // Made with the first name: most programs print none.
        _names ??= new string?[Places];
        ref var place = ref _names[PlaceOf(name)];
        if (place is null || !Ascii.Equals(name, place))
        {
            place = Encoding.ASCII.GetString(name);
        }

        return place;
    }

    private static int PlaceOf(ReadOnlySpan<byte> name) => (int)((uint)((((name[0] * 31) + name[name.Length / 2]) * 31) + (name[^1] * 7) + name.Length) % Places);
}
