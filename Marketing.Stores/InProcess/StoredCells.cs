namespace Marketing.Stores.InProcess;

/// <summary>A generation of cells as it was when it was made; entries written since then name their cell themselves.</summary>
internal sealed record StoredCells(
    long Generation, float Margin, int TrainedOn, float[] Scales, sbyte[] Codes, int[] CellOfSlot);
