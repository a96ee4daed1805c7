namespace Marketing.Ingest.Import;

/// <summary>How the quotes of a row are, cell by cell (RFC 4180).</summary>
internal enum QuoteState
{
    /// <summary>Every quote that opens a cell is closed at its end; others are text.</summary>
    Sound,

    /// <summary>Text follows a closing quote.</summary>
    TextBehind,

    /// <summary>A cell has no closing quote.</summary>
    Open,
}

/// <summary>Looks at a row that has quotes in its text, which hide from the reader that others are wrong.</summary>
internal static class QuoteCheck
{
    public static QuoteState Of(ReadOnlySpan<byte> row, byte separator)
    {
        while (!row.IsEmpty)
        {
            var cell = row.TrimStart(separator == (byte)'\t' ? " "u8 : " \t"u8);
            if (cell is [(byte)'"', ..])
            {
                var end = ClosingQuote(cell);
                if (end < 0)
                {
                    return QuoteState.Open;
                }

                row = cell[(end + 1)..].TrimStart(separator == (byte)'\t' ? " "u8 : " \t"u8);
                if (!row.IsEmpty && row[0] != separator)
                {
                    return QuoteState.TextBehind;
                }
            }

            var next = row.IndexOf(separator);
            row = next < 0 ? [] : row[(next + 1)..];
        }

        return QuoteState.Sound;
    }

    /// <summary>The quote behind which the cell ends: one that no other follows.</summary>
    private static int ClosingQuote(ReadOnlySpan<byte> cell)
    {
        for (var i = 1; i < cell.Length; i++)
        {
            if (cell[i] != '"')
            {
                continue;
            }

            if (i + 1 == cell.Length || cell[i + 1] != '"')
            {
                return i;
            }

            i++;
        }

        return -1;
    }
}
