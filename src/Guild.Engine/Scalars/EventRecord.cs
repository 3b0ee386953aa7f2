using System.Buffers.Binary;
using System.Numerics;

namespace Guild.Engine.Scalars;

/// <summary>
/// The framing of event files (TFRecord): the length, a check sum of the length, the data, a check sum of the data. The check sum
/// is CRC-32C, rotated and shifted so that a check sum of check sums stays useful.
/// </summary>
internal static class EventRecord
{
    public const int HeaderSize = sizeof(ulong) + sizeof(uint);

    public const int FooterSize = sizeof(uint);

    private const uint MaskDelta = 0xa282ead8;

    private const int MaskRotation = 15;

    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[HeaderSize + data.Length + FooterSize];
        data.CopyTo(record.AsSpan(HeaderSize));
        Frame(record, data.Length);
        return record;
    }

    /// <summary>Puts the frame around data that begins behind the place of the header.</summary>
    public static void Frame(Span<byte> record, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[sizeof(ulong)..], CheckSum(record[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(record[(HeaderSize + length)..], CheckSum(record.Slice(HeaderSize, length)));
    }

    /// <summary>The length of the data that follows a header; null if the header is not sound.</summary>
    public static ulong? DataLength(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]) == CheckSum(header[..sizeof(ulong)])
            ? BinaryPrimitives.ReadUInt64LittleEndian(header)
            : null;

    public static bool IsSound(ReadOnlySpan<byte> data, ReadOnlySpan<byte> footer) => BinaryPrimitives.ReadUInt32LittleEndian(footer) == CheckSum(data);

    internal static uint CheckSum(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C(data), MaskRotation) + MaskDelta;

    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
