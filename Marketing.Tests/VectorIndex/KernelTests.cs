using System.Runtime.Intrinsics.X86;
using Marketing.VectorIndex.Quantization;

namespace Marketing.Tests.VectorIndex;

/// <summary>Vector kernels must give the same results on every CPU.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(768)]
    public void A_product_is_the_same_at_every_width(int length)
    {
        var random = new Random(length);
        short[] left = [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(short.MinValue + 1, short.MaxValue))];
        sbyte[] right = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))];
        int plain = left.Zip(right, (l, r) => l * r).Sum();

        Assert.Equal(plain, DotProduct.Of(left, right));
        Assert.Equal(plain, DotProduct.PortableKernel(ref left[0], ref right[0], length));
        if (Avx2.IsSupported)
        {
            Assert.Equal(plain, DotProduct.Avx2Kernel(ref left[0], ref right[0], length));
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(768)]
    public void The_sums_of_a_block_are_the_same_at_every_width(int dimensions)
    {
        var random = new Random(dimensions);
        byte[] columns = new byte[dimensions / 8 * FastScan.Codes];
        byte[] table = new byte[FastScanTable.SizeFor(dimensions)];
        random.NextBytes(columns);
        for (int group = 0; group < dimensions / 4; group++)
        {
            for (int i = 0; i < FastScanTable.BytesPerGroup; i++)
            {
                table[(group * FastScanTable.BytesPerGroup) + i] = (byte)(((group * 31) + ((i % 16) * 17)) % 128);
            }
        }

        ushort[] sums = new ushort[FastScan.Codes];
        ushort[] portable = new ushort[FastScan.Codes];
        FastScan.Sum(columns, table, sums);
        FastScan.PortableKernel(ref columns[0], ref table[0], columns.Length, ref portable[0]);

        Assert.Equal(portable, sums);
        Assert.Equal(PlainSum(columns, table, lane: 2), sums[1]);
        Assert.Equal(PlainSum(columns, table, lane: 3), sums[33]);
        if (Avx2.IsSupported)
        {
            ushort[] avx2 = new ushort[FastScan.Codes];
            FastScan.Avx2Kernel(ref columns[0], ref table[0], columns.Length, ref avx2[0]);
            Assert.Equal(portable, avx2);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(256)]
    [InlineData(768)]
    public void A_rotation_keeps_products_and_can_be_turned_back(int dimensions)
    {
        var random = new Random(dimensions);
        var rotation = new Rotation(dimensions, seed: 1);
        float[] left = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
        float[] right = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
        float[] rotatedLeft = new float[rotation.PaddedDimensions];
        float[] rotatedRight = new float[rotation.PaddedDimensions];

        rotation.Apply(left, rotatedLeft);
        rotation.Apply(right, rotatedRight);

        Assert.Equal(left.Zip(right, (l, r) => l * r).Sum(), rotatedLeft.Zip(rotatedRight, (l, r) => l * r).Sum(), 1e-3f);
        rotation.ApplyInverse(rotatedLeft);
        Assert.All(left.Zip(rotatedLeft), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private static int PlainSum(byte[] columns, byte[] table, int lane)
    {
        int sum = 0;
        for (int column = 0; column < columns.Length / FastScan.Codes; column++)
        {
            byte code = columns[(column * FastScan.Codes) + lane];
            sum += table[(2 * column * FastScanTable.BytesPerGroup) + (code & 15)];
            sum += table[(((2 * column) + 1) * FastScanTable.BytesPerGroup) + (code >> 4)];
        }

        return sum;
    }
}
