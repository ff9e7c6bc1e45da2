/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of photos: what goes back to the system, and who waits for it. */

#include "config.h"

#include "dio-hash.h"
#include "dio-mapped-bytes.h"
#include "dio-room.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#define SIZE (16 * 1024 * 1024)

typedef struct
{
  DioRoom *room;
  gsize    size;
  int      n_inside; /* (atomic) */
  int      n_most;   /* (atomic) */
} Visit;

/* Pages of files that are in the memory of this process, in bytes. */
static gint64
count_mapped (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  long size, resident, shared;

  g_assert_nonnull (file);
  g_assert_cmpint (fscanf (file, "%ld %ld %ld", &size, &resident, &shared), ==, 3);
  fclose (file);

  return (gint64) shared * sysconf (_SC_PAGESIZE);
}

static GBytes *
make_content (void)
{
  guint32 *words = g_new (guint32, SIZE / 4);

  for (guint i = 0; i < SIZE / 4; i++)
    words[i] = i * 2654435761u;

  return g_bytes_new_take (words, SIZE);
}

static void
test_memory_mapped (void)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-memory-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "photo", NULL);
  g_autoptr(GBytes) content = make_content ();
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *wanted = dio_hash_bytes (content);
  g_autoptr(GError) error = NULL;
  gint64 before;

  g_file_set_contents (path, g_bytes_get_data (content, NULL), SIZE, &error);
  g_assert_no_error (error);
  bytes = dio_mapped_bytes_new (path, &error);
  g_assert_no_error (error);

  before = count_mapped ();
  g_assert_true (g_bytes_equal (bytes, content));
  g_assert_cmpint (count_mapped (), >, before + SIZE / 2);
  dio_mapped_bytes_let_go (bytes);
  g_assert_cmpint (count_mapped (), <, before + SIZE / 2);

  /* It can be read again, and a hash leaves nothing behind. */
  hash = dio_hash_bytes (bytes);
  g_assert_cmpstr (hash, ==, wanted);
  g_assert_cmpint (count_mapped (), <, before + SIZE / 2);

  g_unlink (path);
  g_rmdir (folder);
}

/* Bytes of the heap would be lost. */
static void
test_memory_not_mapped (void)
{
  g_autoptr(GBytes) content = make_content ();
  g_autoptr(GBytes) same = make_content ();

  dio_mapped_bytes_let_go (content);
  g_assert_true (g_bytes_equal (content, same));
}

static void
test_memory_no_file (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_mapped_bytes_new ("/nowhere/at/all", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_memory_empty_file (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  int fd = g_file_open_tmp ("diorama-memory-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  bytes = dio_mapped_bytes_new (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  dio_mapped_bytes_let_go (bytes);
  g_unlink (path);
}

static gpointer
visit (gpointer data)
{
  Visit *self = data;

  for (guint i = 0; i < 50; i++)
    {
      int n, most;

      dio_room_enter (self->room, self->size);
      n = g_atomic_int_add (&self->n_inside, 1) + 1;
      most = g_atomic_int_get (&self->n_most);
      while (n > most && !g_atomic_int_compare_and_exchange (&self->n_most, most, n))
        most = g_atomic_int_get (&self->n_most);
      g_usleep (200);
      g_atomic_int_add (&self->n_inside, -1);
      dio_room_leave (self->room, self->size);
    }

  return NULL;
}

static void
test_memory_room (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  g_autoptr(DioRoom) room = dio_room_new (100);
  Visit self = { room, size };
  GThread *threads[6];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("visitor", visit, &self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  /* What is larger than the room goes in alone. */
  g_assert_cmpint (self.n_most, >=, 1);
  g_assert_cmpint (self.n_most, <=, MAX (1, 100 / size));
  g_assert_true (dio_room_has_space_for_two (room, size) == (size <= 50));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/memory/mapped", test_memory_mapped);
  g_test_add_func ("/memory/not-mapped", test_memory_not_mapped);
  g_test_add_func ("/memory/no-file", test_memory_no_file);
  g_test_add_func ("/memory/empty-file", test_memory_empty_file);
  g_test_add_data_func ("/memory/room/small", GSIZE_TO_POINTER (30), test_memory_room);
  g_test_add_data_func ("/memory/room/half", GSIZE_TO_POINTER (50), test_memory_room);
  g_test_add_data_func ("/memory/room/large", GSIZE_TO_POINTER (300), test_memory_room);

  return g_test_run ();
}
