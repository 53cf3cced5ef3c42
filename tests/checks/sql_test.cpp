// What a second run of a statement would change, by its text.

#include "checks/idempotency/idempotency_sql.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(Sql, inserts_anew) {
  for (const char* text : {
           "INSERT INTO orders (id) VALUES (?)",
           "  insert into ${7} (id) values (%s)",
           "INSERT dbo.Orders (Id) VALUES (@id)",
           "INSERT LOW_PRIORITY INTO orders SET id = ?",
           "WITH new AS (SELECT 1) INSERT INTO orders SELECT * FROM new",
           "BEGIN; INSERT INTO orders (id) VALUES (1); COMMIT",
           "INSERT INTO notes (text) VALUES ('ON CONFLICT; it''s -- said')",
           "INSERT INTO orders (id) VALUES (1) -- ON CONFLICT DO NOTHING",
       })
    EXPECT_TRUE(sql_differs(text)) << text;
}

TEST(Sql, inserts_what_is_not_there) {
  for (const char* text : {
           "INSERT INTO orders (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET total = "
           "EXCLUDED.total",
           "INSERT INTO orders (id) VALUES (?) ON DUPLICATE KEY UPDATE total = VALUES(total)",
           "INSERT IGNORE INTO orders (id) VALUES (?)",
           "INSERT OR REPLACE INTO orders (id) VALUES (?)",
           "REPLACE INTO orders (id) VALUES (?)",
           "INSERT OVERWRITE TABLE orders SELECT * FROM staged",
           "INSERT INTO orders SELECT ? WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = ?)",
           "INSERT INTO a SELECT b.* FROM b LEFT JOIN a ON a.id = b.id WHERE a.id IS NULL",
           "IF NOT EXISTS (SELECT 1 FROM orders) BEGIN INSERT INTO orders (id) VALUES (1); END",
           "IF EXISTS (SELECT 1 FROM a) UPDATE a SET n = 1 ELSE INSERT INTO a (n) VALUES (1)",
           "DELETE FROM orders WHERE id = ?; INSERT INTO orders (id) VALUES (?)",
           "MERGE INTO a USING b ON a.id = b.id WHEN NOT MATCHED THEN INSERT (id) VALUES (b.id)",
           "INSERT INTO #chosen SELECT id FROM orders",
           "CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()",
           "SELECT * FROM orders WHERE note = 'INSERT INTO orders VALUES (1)'",
           "${7}",
           "",
       })
    EXPECT_FALSE(sql_differs(text)) << text;
}

TEST(Sql, a_column_becomes_more_of_itself) {
  for (const char* text : {
           "UPDATE stock SET amount = amount - ? WHERE id = ?",
           "update accounts set balance = balance + :more where id = :id",
           "UPDATE stock AS s SET amount = s.amount - 1",
           "UPDATE shop.stock SET stock.amount = stock.amount * 2",
           "UPDATE stock SET seen = true, amount = 1 + amount WHERE id = ?",
           "UPDATE stock SET amount = COALESCE(amount, 0) + 1",
           "UPDATE stock SET amount = (COALESCE(amount::int, 0)) + ${3}",
           "UPDATE stock SET amount += 1 WHERE id = ?",
           "UPDATE stock SET \"amount\" = \"amount\" + 1",
           "UPDATE logs SET lines = lines || $1",
           "UPDATE logs SET lines = CONCAT(lines, ?) WHERE id = ?",
           "UPDATE logs SET lines = array_append(lines, $1)",
           "UPDATE users SET active = NOT active WHERE id = ?",
           "UPDATE users SET until = DATE_ADD(until, INTERVAL 1 MONTH)",
           "UPDATE ${1} SET ${2} = ${2} + 1 WHERE id = ?",
           "INSERT INTO hits (id, n) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET n = hits.n + 1",
           "INSERT INTO hits (id, n) VALUES (?, 1) ON DUPLICATE KEY UPDATE n = n + VALUES(n)",
           "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET a.n = a.n + b.n",
           "UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?",
       })
    EXPECT_TRUE(sql_differs(text)) << text;
}

TEST(Sql, a_column_becomes_what_is_said) {
  for (const char* text : {
           "UPDATE stock SET amount = ? WHERE id = ?",
           "UPDATE stock SET amount = price + tax",
           "UPDATE stock SET due = CURRENT_DATE + 7, amount = :amount - 1",
           "UPDATE stock SET amount = %(amount)s + 1",
           "UPDATE stock SET amount = COALESCE(amount, total - 1)",
           "UPDATE stock SET amount = GREATEST(amount, ? + 1)",
           "UPDATE stock SET name = UPPER(name), code = REPLACE(code, 'a-b', 'c')",
           "UPDATE stock SET total = (SELECT total + 1 FROM items WHERE items.id = stock.id)",
           "UPDATE stock SET total = b.total + 1 FROM b WHERE b.id = stock.id",
           "UPDATE users SET data = data || $1::jsonb, extra = extra - 'old'",
           "UPDATE users SET name = data->>'name' WHERE a = b - 1",
           "UPDATE stock SET n = CASE WHEN last = ? THEN n ELSE n + 1 END",
           "INSERT INTO hits (n) VALUES (?) ON CONFLICT (id) DO UPDATE SET n = EXCLUDED.n + 1",
           "INSERT INTO hits (n) VALUES (?) ON DUPLICATE KEY UPDATE n = VALUES(n) + 1",
           "SELECT n + 1 FROM stock FOR UPDATE",
           "DELETE FROM stock WHERE n = n + 0",
       })
    EXPECT_FALSE(sql_differs(text)) << text;
}

TEST(Sql, an_update_may_end_what_it_asks_for) {
  for (const char* text : {
           "UPDATE accounts SET balance = balance - ?, paid = true WHERE id = ? AND paid = false",
           "UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance = ?",
           "UPDATE accounts SET n = n + 1, last = $1 WHERE id = $2 AND last <> $1",
           "UPDATE accounts SET n = n + 1 WHERE NOT EXISTS (SELECT 1 FROM done WHERE id = ?)",
           "UPDATE jobs SET attempts = attempts + 1, row_version = row_version + 1",
       })
    EXPECT_FALSE(sql_differs(text)) << text;
}

TEST(Sql, a_removal_clears_for_what_is_inserted_then) {
  const char* const insert = "INSERT INTO shop.totals (id, order_id, total) VALUES (?, ?, ?)";
  for (const char* const removal :
       {"DELETE FROM shop.totals WHERE order_id = ?", "delete from totals where order_id in (?)",
        "DELETE FROM totals", "TRUNCATE TABLE totals;"})
    EXPECT_TRUE(clears_for(removal, insert)) << removal;
  for (const char* const removal :
       {"DELETE FROM orders WHERE order_id = ?", "DELETE FROM totals WHERE made < ?",
        "DELETE FROM totals WHERE shop = ?", "DELETE FROM totals WHERE order_id <> ?",
        "SELECT * FROM totals", ""})
    EXPECT_FALSE(clears_for(removal, insert)) << removal;
  EXPECT_FALSE(clears_for("DELETE FROM totals WHERE id = ?", "UPDATE totals SET id = ?"));
}

TEST(Sql, passes_over_rows_that_are_there) {
  EXPECT_TRUE(passes_over_duplicates("INSERT INTO a VALUES (?) ON CONFLICT (id) DO NOTHING"));
  EXPECT_TRUE(passes_over_duplicates("INSERT IGNORE INTO a VALUES (?)"));
  EXPECT_FALSE(passes_over_duplicates("INSERT INTO a VALUES ('DO NOTHING')"));
  EXPECT_FALSE(
      passes_over_duplicates("INSERT INTO a VALUES (?) ON CONFLICT (id) DO UPDATE SET b = 1"));
}

}  // namespace
}  // namespace fnlint
